package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A blocking call where it would wait for itself is refused at once; elsewhere it just works. */
class BlockingGuardTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void refusedInAStageThatRunsOnOurThread() {
        CountDownLatch attached = new CountDownLatch(1);
        server.enqueue(OpenAiReplies.chat("x").after(attached));
        CompletableFuture<String> stage =
                ai.async().generate("Hi").thenApply(text -> ai.blocking().generate(text));
        attached.countDown();
        ExecutionException error =
                assertThrows(ExecutionException.class, () -> stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, error.getCause());
        assertTrue(String.valueOf(error.getMessage()).contains("thenApplyAsync"));
    }

    @Test
    void refusedInASubscriberOnOurThread() throws Exception {
        server.always(OpenAiReplies.stream("a"));
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        ai.reactive().streamText("Hi").subscribe(new Subscriber<String>() {
            @Override
            public void onSubscribe(Subscription s) {
                s.request(1);
            }

            @Override
            public void onNext(String text) {
                refused.complete(assertThrows(
                        IllegalStateException.class, () -> ai.blocking().generate(text)));
            }

            @Override
            public void onError(Throwable error) {
                refused.completeExceptionally(error);
            }

            @Override
            public void onComplete() {}
        });
        assertInstanceOf(IllegalStateException.class, refused.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void aRefusedStreamSendsNothing() {
        CountDownLatch attached = new CountDownLatch(1);
        server.enqueue(OpenAiReplies.chat("x").after(attached));
        server.always(OpenAiReplies.streamThenHold("a"));
        ChatStream stream = ai.blocking().stream("Hi");
        CompletableFuture<Boolean> stage =
                ai.async().generate("Hi").thenApply(text -> stream.iterator().hasNext());
        attached.countDown();
        ExecutionException error =
                assertThrows(ExecutionException.class, () -> stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, error.getCause());
        assertEquals(0, ai.stats().getInFlight());
    }

    @Test
    void fineInAStageOnAnotherExecutor() throws Exception {
        server.enqueue(OpenAiReplies.chat("one"), OpenAiReplies.chat("two"));
        CompletableFuture<String> stage = ai.async()
                .generate("Hi")
                .thenApplyAsync(text -> text + ai.blocking().generate(text), ForkJoinPool.commonPool());
        assertEquals("onetwo", stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void fineInACallbackOfAStream() throws Exception {
        server.enqueue(OpenAiReplies.stream("a", "b"), OpenAiReplies.chat("A"), OpenAiReplies.chat("B"));
        StringBuilder both = new StringBuilder();
        ai.async()
                .streamText("Hi", text -> both.append(text).append(ai.blocking().generate(text)))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals("aAbB", both.toString());
    }

    @Test
    void manyBlockingCallbacksDoNotStarveEachOther() throws Exception {
        server.answering(request ->
                request.getBody().contains("\"stream\":true") ? OpenAiReplies.stream("a") : OpenAiReplies.chat("A"));
        CompletableFuture<?>[] streams = new CompletableFuture<?>[200];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = ai.async().streamText("Hi", text -> ai.blocking().generate(text));
        }
        CompletableFuture.allOf(streams).get(3 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(400, ai.stats().getSuccessful());
    }
}
