package dev.tandem.examples.locallab;

import dev.tandem.interop.BlockingLocalLab;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaLocalLab;
import dev.tandem.locallab.LocalLabHealth;
import dev.tandem.locallab.LocalLabModel;
import dev.tandem.locallab.LocalLabSystem;
import dev.tandem.model.Options;
import dev.tandem.model.Timer;
import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.provider.locallab.LocalLabOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Managing models: is the server there, what has it got, load a model, ask it, tidy up. Needs no server; {@code LOCALLAB_BASE_URL} and {@code LOCALLAB_API_KEY} name yours.
 */
public final class LocalLabServerTour {
    private final JavaAiClient ai;
    private final BlockingLocalLab lab;
    private final PrintStream out;

    private LocalLabServerTour(JavaAiClient ai, JavaLocalLab lab, PrintStream out) {
        this.ai = ai;
        this.lab = lab.blocking();
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
        // Two clients of one server, which share its connections: the one that answers, and the one that looks after
        // models.
        try (JavaAiClient ai = JavaAiClient.builder(provider).build();
                JavaLocalLab lab = JavaLocalLab.of(ai)) {
            new LocalLabServerTour(ai, lab, out).tour();
        }
    }

    private void tour() {
        LocalLabHealth health = lab.health();
        out.println("Health: " + health);
        if (health == LocalLabHealth.DOWN) return;
        machine();
        load();
        ask();
        out.println("Unloaded: " + lab.unload() + ", now loaded: "
                + lab.current().map(LocalLabModel::getName).orElse("nothing"));
    }

    private void machine() {
        LocalLabSystem system = lab.systemInfo();
        out.printf("Memory in use: %.0f %%, cards: %s%n", system.getMemoryUsage(), system.getGpus());
        for (LocalLabModel model : lab.list()) out.println("  " + model);
    }

    /** Loading takes minutes, so it has a timer of its own. */
    private void load() {
        String wanted = lab.current()
                .map(LocalLabModel::getId)
                .orElseGet(() -> lab.list().get(0).getId());
        Options patient = CallOptions.builder()
                .timer(Timer.FIRST_BYTE, Duration.ofHours(1))
                .build();
        out.println("Loaded " + wanted + ": " + lab.load(wanted, patient));
        out.printf("%s: %.0f %%%n", wanted, 100 * lab.status(wanted).getProgress());
    }

    private void ask() {
        lab.setInstructions("You are brief.");
        out.println("It is told: " + lab.instructions());
        Options options = LocalLabOptions.builder()
                .temperature(0.2)
                .repetitionPenalty(1.1)
                .maxTimeMillis(30_000)
                .build();
        try (BlockingStream<String> stream = ai.blocking().streamText("What is a coroutine?", options)) {
            for (String text : stream) out.print(text);
        }
        out.println();
        List<String> answers = lab.batchGenerate(List.of("One?", "Two?"), options);
        answers.forEach(out::println);
        lab.resetInstructions();
    }
}
