package dev.tandem.examples.patterns;

import dev.tandem.batch.BatchResult;
import dev.tandem.batch.BatchTask;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.Stopwatch;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatch;
import dev.tandem.provider.Provider;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Pattern 2: many requests at once. One result for each prompt, in order; what fails is a value; all take as long as the slowest.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class ManyRequests {
    static final List<String> PROMPTS =
            List.of("Say apple", "Say river", "Say what nobody may hear", "", "Say stone", "Say slowly");

    private final JavaAiClient ai;
    private final PrintStream out;

    private ManyRequests(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        // Once for the classes, so that the times are those of the calls.
        run(script(0), new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        run(script(100), out);
        out.println("One after the other each list would take 1.7 s.");
    }

    static void run(Provider provider, PrintStream out) {
        try (JavaAiClient ai = JavaAiClient.builder(provider).build()) {
            ManyRequests recipe = new ManyRequests(ai, out);
            recipe.sync();
            recipe.async();
        }
    }

    private static ScriptedModel script(int millis) {
        return ScriptedModel.builder()
                .replyTo(
                        "nobody", ScriptedReply.failure(Faults::contentFiltered).after(Duration.ofMillis(2L * millis)))
                .replyTo("slowly", ScriptedReply.text("Said at last.").after(Duration.ofMillis(6L * millis)))
                .otherwise(ScriptedReply.text("Said.").after(Duration.ofMillis(3L * millis)))
                .build();
    }

    private void sync() {
        Stopwatch watch = Stopwatch.start();
        List<BatchResult<String, String>> results = JavaBatch.of(ai).blocking().completeBatch(PROMPTS);
        results.forEach(this::show);
        out.println("sync: " + watch + " for all, as long as the slowest");
    }

    private void async() {
        Stopwatch watch = Stopwatch.start();
        JavaBatch<String, String> many =
                JavaBatch.builder(ai, BatchTask.generate()).concurrency(100).build();
        CompletableFuture<List<BatchResult<String, String>>> results =
                many.async().completeBatch(PROMPTS);
        results.join().forEach(this::show);
        out.println("async: " + watch + " for all, as long as the slowest");
    }

    private void show(BatchResult<String, String> result) {
        String outcome = result.isDone() ? result.orThrow() : "failed: " + result.getErrorOrNull();
        out.println("  " + result.getIndex() + " '" + result.getItem() + "': " + outcome);
    }
}
