package dev.tandem.examples.patterns;

import dev.tandem.batch.BatchResult;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.Stopwatch;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatch;
import dev.tandem.resilience.Concurrency;
import dev.tandem.resilience.Jitter;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Pattern 3: a batch within limits. They are strict in any 60 seconds, and who waits holds no place among those under way. A limit is
 * per minute and this recipe takes seconds: so its calls have little time, and those whose turn would come too late say so at once.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class RateLimitedBatch {
    private static final List<String> PROMPTS = List.of("one", "two", "three", "four", "five");

    private final PrintStream out;

    private RateLimitedBatch(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        run(out);
    }

    static void run(PrintStream out) {
        RateLimitedBatch recipe = new RateLimitedBatch(out);
        recipe.sync();
        recipe.async();
        recipe.waitsHoldNoPlace();
        recipe.theProvidersOwnLimit();
    }

    /** Without a timeout the last two would wait until the first minute is over: 60 s in all. */
    private void sync() {
        ScriptedModel model = ScriptedModel.answering(request -> ScriptedReply.text("Said."));
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .rateLimit(r -> r.requestsPerMinute(3))
                .concurrency(Concurrency.atMost(2))
                .timeout(Duration.ofSeconds(10))
                .build()) {
            show("sync, 3 requests a minute", JavaBatch.of(ai).blocking().completeBatch(PROMPTS));
        }
        out.println("the model was asked " + model.getRequests().size()
                + " times; the others had their turn in a minute, given the time");
    }

    /** A call is estimated first, and booked by its usage at the end: a third one of 35 would be more than 100. */
    private void async() {
        ScriptedModel model =
                ScriptedModel.answering(request -> ScriptedReply.text("Said.").usage(5, 30));
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .rateLimit(r -> r.requestsPerMinute(500).tokensPerMinute(100L))
                .concurrency(Concurrency.atMost(1))
                .maxTokens(30)
                .timeout(Duration.ofSeconds(10))
                .build()) {
            CompletableFuture<List<BatchResult<String, String>>> results =
                    JavaBatch.of(ai).async().completeBatch(PROMPTS);
            show("async, 100 tokens a minute", results.join());
        }
    }

    /** One place, and two who want it: while the first one waits to try again, the second one has it. */
    private void waitsHoldNoPlace() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.failure(Faults::serverError), ScriptedReply.text("Said."), ScriptedReply.text("Said."));
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .concurrency(Concurrency.atMost(1))
                .retry(r -> r.firstPauseMillis(1_000).jitter(Jitter.NONE))
                .build()) {
            CompletableFuture<String> first = ai.async().generate("first");
            model.awaitRequest();
            ai.blocking().generate("second");
            first.join();
        }
        List<String> asked = model.getRequests().stream()
                .map(request -> request.getMessages().get(0).getText())
                .toList();
        out.println("one place, in the order of " + asked);
    }

    /** No setting is needed for it: a 429 and what headers tell are obeyed. */
    private void theProvidersOwnLimit() {
        ScriptedModel model =
                ScriptedModel.saying(ScriptedReply.failure(() -> Faults.rateLimited(400)), ScriptedReply.text("Said."));
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            Stopwatch watch = Stopwatch.start();
            out.println("a 429 that asked for 400 ms: " + ai.blocking().generate("one") + " after " + watch);
        }
    }

    private void show(String title, List<BatchResult<String, String>> results) {
        out.println(title);
        for (BatchResult<String, String> result : results) {
            out.println("  " + result.getItem() + ": "
                    + (result.isDone() ? result.orThrow() : "failed: " + result.getErrorOrNull()));
        }
    }
}
