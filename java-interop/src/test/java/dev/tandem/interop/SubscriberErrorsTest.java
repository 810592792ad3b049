package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class SubscriberErrorsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void whatASubscriberThrowsIsNotLost() throws Exception {
        server.enqueue(OpenAiReplies.streamThenHold("a"));
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        ai.reactive().streamText("Hi").subscribe(new Subscriber<String>() {
            @Override
            public void onSubscribe(Subscription s) {
                s.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String text) {
                throw new IllegalStateException("a bug of the subscriber");
            }

            @Override
            public void onError(Throwable error) {
                seen.complete(error);
            }

            @Override
            public void onComplete() {}
        });
        server.awaitHangUp();
        assertEquals(
                "a bug of the subscriber",
                seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getMessage());
    }

    @Test
    void noItemOvertakesOnSubscribe() throws Exception {
        server.enqueue(OpenAiReplies.stream("a"));
        CompletableFuture<String> first = new CompletableFuture<>();
        ai.reactive().streamText("Hi").subscribe(new Subscriber<String>() {
            @Override
            public void onSubscribe(Subscription s) {
                s.request(1);
                // As long as an item would take, if it were asked for already.
                assertThrows(TimeoutException.class, () -> first.get(300, TimeUnit.MILLISECONDS));
                s.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String text) {
                first.complete(text);
            }

            @Override
            public void onError(Throwable error) {
                first.completeExceptionally(error);
            }

            @Override
            public void onComplete() {}
        });
        assertEquals("a", first.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
