package dev.tandem.examples.patterns;

import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.Stopwatch;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Embedding;
import dev.tandem.provider.Provider;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pattern 5: one text, four services at once. Each branch has a type, and an error, of its own; all take as long as the slowest.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class SeveralServices {
    private static final String TEXT = "Ada met Charles in London. Both were delighted.";

    /** What each answer is read into: the schema is made of it. */
    public record Entities(List<String> names) {}

    /** Whom to ask for what. They may be of four vendors. */
    record Services(Provider vectors, Provider moods, Provider summaries, Provider entities) {}

    private final JavaAiClient vectors;
    private final JavaAiClient moods;
    private final JavaAiClient summaries;
    private final JavaAiClient entities;
    private final PrintStream out;

    private SeveralServices(
            JavaAiClient vectors, JavaAiClient moods, JavaAiClient summaries, JavaAiClient entities, PrintStream out) {
        this.vectors = vectors;
        this.moods = moods;
        this.summaries = summaries;
        this.entities = entities;
        this.out = out;
    }

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        // Once for the classes, so that the times are those of the calls.
        run(script(0), new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        run(script(100), out);
    }

    static void run(Services services, PrintStream out) throws InterruptedException {
        try (JavaAiClient vectors = JavaAiClient.builder(services.vectors()).build();
                JavaAiClient moods = JavaAiClient.builder(services.moods()).build();
                JavaAiClient summaries =
                        JavaAiClient.builder(services.summaries()).build();
                JavaAiClient entities =
                        JavaAiClient.builder(services.entities()).build()) {
            SeveralServices recipe = new SeveralServices(vectors, moods, summaries, entities, out);
            recipe.async();
            recipe.sync();
        }
    }

    private static Services script(int millis) {
        ScriptedReply mood = ScriptedReply.failure(Faults::contentFiltered);
        return new Services(
                ScriptedModel.builder()
                        .vectorsAfter(Duration.ofMillis(5L * millis))
                        .build(),
                ScriptedModel.answering(request -> mood.after(Duration.ofMillis(3L * millis))),
                ScriptedModel.answering(
                        request -> ScriptedReply.text("Two people met.").after(Duration.ofMillis(7L * millis))),
                ScriptedModel.answering(request -> ScriptedReply.text("{\"names\": [\"Ada\", \"Charles\", \"London\"]}")
                        .after(Duration.ofMillis(4L * millis))));
    }

    /** No thread waits. A branch that fails is a failed future of its own, and stops nobody. */
    private void async() {
        Stopwatch watch = Stopwatch.start();
        CompletableFuture<Embedding> vector = vectors.async().embed(TEXT);
        CompletableFuture<String> mood = moods.async().generate("The mood of: " + TEXT);
        CompletableFuture<String> summary = summaries.async().generate("Summarise: " + TEXT);
        CompletableFuture<Entities> names = entities.async().extract("Who and what is in: " + TEXT, Entities.class);
        for (CompletableFuture<?> branch : List.of(vector, mood, summary, names)) {
            out.println("  "
                    + branch.handle((value, error) -> error == null ? value : "failed: " + error)
                            .join());
        }
        out.println("async: " + watch + " for all. About 0.7 s, not the 1.9 s of one after the other.");
    }

    /** The same calls, each on a thread that waits for it: virtual ones since Java 21. */
    private void sync() throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> branches = List.of(
                    () -> vectors.blocking().embed(TEXT),
                    () -> moods.blocking().generate("The mood of: " + TEXT),
                    () -> summaries.blocking().generate("Summarise: " + TEXT),
                    () -> entities.blocking().extract("Who and what is in: " + TEXT, Entities.class));
            for (Future<Object> branch : threads.invokeAll(branches)) out.println("  " + outcomeOf(branch));
        } finally {
            threads.shutdown();
        }
        out.println("sync: " + watch + " for all");
    }

    private static Object outcomeOf(Future<Object> branch) throws InterruptedException {
        try {
            return branch.get();
        } catch (ExecutionException e) {
            return "failed: " + e.getCause();
        }
    }
}
