package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.error.AiException;
import dev.tandem.error.OverloadedException;
import dev.tandem.error.RateLimitedException;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The Java of docs/errors.md. */
class ErrorsTest {
    private final JavaAiClient ai = JavaAiClient.builder(ScriptedModel.builder()
                    .replyTo("hello", "Hello!")
                    .replyTo("much", ScriptedReply.failure(() -> Faults.rateLimited(7_000)))
                    .replyTo("busy", ScriptedReply.failure(Faults::overloaded))
                    .replyTo("key", ScriptedReply.failure(Faults::unauthorized))
                    .replyTo("down", ScriptedReply.failure(Faults::serverError))
                    .replyTo("long", ScriptedReply.failure(Faults::contextLength))
                    .build())
            .retry(RetryPolicy.NONE)
            .build();

    @Test
    void typesSayWhatToDo() {
        assertEquals("Hello!", answerTo("hello"));
        assertEquals("The key is wrong", answerTo("key"));
        assertEquals("Not now", answerTo("down"));
        assertEquals("Not like this: the prompt is too long for the model (400)", answerTo("long"));
        assertEquals("Too much for now, again in 7000 ms", answerTo("much"));
        assertEquals("Too much for now", answerTo("busy"));
    }

    @Test
    void futuresHaveTheSame() {
        assertEquals("Hello!", laterTo("hello").join());
        assertEquals("Something else", laterTo("key").join());
        assertEquals("Too much for now", laterTo("much").join());
    }

    private String answerTo(String prompt) {
        try {
            return ai.blocking().generate(prompt);
        } catch (RateLimitedException | OverloadedException e) {
            Long millis = e.getRetryAfterMillis();
            return millis == null ? "Too much for now" : "Too much for now, again in " + millis + " ms";
        } catch (UnauthorizedException e) {
            return "The key is wrong";
        } catch (AiException e) {
            return e.isRetryable() ? "Not now" : "Not like this: " + e.getMessage();
        }
    }

    private CompletableFuture<String> laterTo(String prompt) {
        return ai.async()
                .generate(prompt)
                .exceptionally(e -> e instanceof RateLimitedException ? "Too much for now" : "Something else");
    }
}
