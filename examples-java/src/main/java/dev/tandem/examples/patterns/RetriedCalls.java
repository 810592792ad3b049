package dev.tandem.examples.patterns;

import dev.tandem.error.AiException;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.Retries;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.resilience.Jitter;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pattern 7: what failed is tried again, if that may help. Any client does so three times in all; here it is told how.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class RetriedCalls {
    private final PrintStream out;

    private RetriedCalls(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        run(out);
    }

    static void run(PrintStream out) throws Exception {
        RetriedCalls recipe = new RetriedCalls(out);
        recipe.growingPauses();
        recipe.whatNoRetryHelps();
        recipe.anythingElse();
    }

    /** Jitter.HALF, which is what it is without a word, takes half to all of each pause; FULL takes nothing to all of it. */
    private void growingPauses() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.failure(Faults::serverError),
                ScriptedReply.failure(Faults::serverError),
                ScriptedReply.failure(Faults::connectionLost),
                ScriptedReply.text("At last."));
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .retry(r -> r.maxAttempts(4)
                        .firstPauseMillis(100)
                        .factor(2)
                        .maxPauseMillis(300)
                        .jitter(Jitter.NONE))
                .listener((call, event) -> {
                    if (event instanceof CallEvent.Retrying)
                        out.println("  attempt " + call.getAttempt() + ": " + event);
                })
                .build()) {
            out.println("sync: " + ai.blocking().generate("Hello"));
        }
    }

    /** A wrong key is wrong the next time too. */
    private void whatNoRetryHelps() {
        ScriptedModel model = ScriptedModel.saying(ScriptedReply.failure(Faults::unauthorized));
        try (JavaAiClient ai =
                JavaAiClient.builder(model).retry(r -> r.maxAttempts(4)).build()) {
            ai.async()
                    .generate("Hello")
                    .handle((text, error) -> {
                        AiException failure = (AiException) error;
                        out.println("async: " + failure.getMessage() + ", retryable: " + failure.isRetryable());
                        return text;
                    })
                    .join();
        }
        out.println("the model was asked " + model.getRequests().size() + " time(s)");
    }

    /** The same policy for whatever may fail. */
    private void anythingElse() throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(3)
                .firstPauseMillis(50)
                .jitter(Jitter.FULL)
                .retryIf(e -> e instanceof IOException)
                .build();
        AtomicInteger attempts = new AtomicInteger();
        String read = Retries.call(policy, () -> {
            if (attempts.incrementAndGet() < 3) throw new IOException("not now");
            return "read at attempt " + attempts;
        });
        out.println("a callable: " + read);

        CompletableFuture<String> later =
                Retries.future(policy, () -> CompletableFuture.failedFuture(new IOException("never")));
        out.println("a future: "
                + later.handle((text, error) -> "failed after 3 attempts: " + error)
                        .join());
    }
}
