package dev.tandem.examples.project;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.Retries;
import dev.tandem.model.RawRequest;
import dev.tandem.model.RawResponse;
import dev.tandem.resilience.Jitter;
import dev.tandem.resilience.RetryPolicy;
import java.util.concurrent.CompletableFuture;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/** A client of operations that take minutes: what is not done yet is looked at again, by the same policy as a retry. */
record Jobs(JavaAiClient ai) {
    private static final RetryPolicy POLLING = RetryPolicy.builder()
            .maxAttempts(100)
            .firstPauseMillis(50)
            .factor(1.5)
            .maxPauseMillis(10_000)
            .jitter(Jitter.NONE)
            .retryIf(e -> e instanceof NotDone)
            .build();

    /** Sent once: a second one would be a second job. */
    String start(String json) {
        return text(ai.blocking().send(RawRequest.post("/batches", json).once()), "id");
    }

    CompletableFuture<String> startLater(String json) {
        return ai.async().send(RawRequest.post("/batches", json).once()).thenApply(response -> text(response, "id"));
    }

    String await(String id) {
        try {
            return Retries.call(POLLING, () -> doneOr(ai.blocking().send(RawRequest.get("/batches/" + id))));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<String> awaitLater(String id) {
        return Retries.future(
                POLLING, () -> ai.async().send(RawRequest.get("/batches/" + id)).thenApply(Jobs::doneOr));
    }

    private static String doneOr(RawResponse response) {
        String status = text(response, "status");
        if (status.equals("in_progress")) throw new NotDone();
        return status;
    }

    private static String text(RawResponse response, String name) {
        JsonElement value = ((JsonObject) response.json()).get(name);
        if (value instanceof JsonPrimitive text) return text.getContent();
        throw new IllegalStateException("there is no " + name + " in " + response);
    }

    /** It takes longer. */
    private static final class NotDone extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotDone() {
            super("it is not done yet");
        }
    }
}
