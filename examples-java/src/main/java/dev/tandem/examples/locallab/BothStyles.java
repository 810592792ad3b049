package dev.tandem.examples.locallab;

import dev.tandem.interop.AsyncLocalLab;
import dev.tandem.interop.BlockingLocalLab;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaLocalLab;
import dev.tandem.locallab.LocalLabHealth;
import dev.tandem.locallab.LocalLabModel;
import dev.tandem.locallab.LocalLabSystem;
import dev.tandem.model.Options;
import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.provider.locallab.LocalLabOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The same code with and without waiting. Between the two there is a view and a type, and no argument. Needs no server; {@code LOCALLAB_BASE_URL} and {@code LOCALLAB_API_KEY} name yours. */
public final class BothStyles {
    private static final Options BRIEF = LocalLabOptions.builder()
            .maxTokens(200)
            .temperature(0.2)
            .repetitionPenalty(1.1)
            .systemPrompt("Be brief")
            .build();

    private final JavaAiClient ai;
    private final JavaLocalLab lab;
    private final PrintStream out;

    private BothStyles(JavaAiClient ai, JavaLocalLab lab, PrintStream out) {
        this.ai = ai;
        this.lab = lab;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LabChoice choice = LabChoice.from(System.getenv())) {
            out.println(choice.explanation());
            run(choice.provider(), out);
        }
    }

    static void run(LocalLab provider, PrintStream out) {
        try (JavaAiClient ai = JavaAiClient.builder(provider).build();
                JavaLocalLab lab = JavaLocalLab.of(ai)) {
            BothStyles recipe = new BothStyles(ai, lab, out);
            recipe.sync();
            recipe.async();
            recipe.atOnce();
        }
    }

    private void sync() {
        BlockingLocalLab server = lab.blocking();
        LocalLabHealth health = server.health();
        LocalLabSystem system = server.systemInfo();
        Optional<LocalLabModel> model = server.current();
        String text = ai.blocking().generate("What is a coroutine?", BRIEF);
        List<String> texts = server.batchGenerate(List.of("One?", "Two?"), BRIEF);
        show("sync", health, system, model, text, texts);
    }

    private void async() {
        AsyncLocalLab server = lab.async();
        CompletableFuture<LocalLabHealth> health = server.health();
        CompletableFuture<LocalLabSystem> system = server.systemInfo();
        CompletableFuture<Optional<LocalLabModel>> model = server.current();
        CompletableFuture<String> text = ai.async().generate("What is a coroutine?", BRIEF);
        CompletableFuture<List<String>> texts = server.batchGenerate(List.of("One?", "Two?"), BRIEF);
        show("async", health.join(), system.join(), model.join(), text.join(), texts.join());
    }

    /** The first one to fail does not stop the others: each future has its own answer or exception. */
    private void atOnce() {
        List<CompletableFuture<String>> answers = List.of("a", "b", "c").stream()
                .map(prompt -> ai.async().generate(prompt))
                .toList();
        answers.forEach(answer -> out.println("at once: " + answer.join()));
    }

    private void show(
            String style,
            LocalLabHealth health,
            LocalLabSystem system,
            Optional<LocalLabModel> model,
            String text,
            List<String> texts) {
        out.println(style + ": " + health + ", " + system.getGpus().size() + " card(s), "
                + model.map(LocalLabModel::getId).orElse("no model"));
        out.println("  " + text);
        out.println("  " + texts);
    }
}
