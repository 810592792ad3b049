package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.LocalLabReplies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What the blocking side of the original client got wrong, each as a test. */
class LocalLabTrapsTest {
    private final FakeServer server = FakeServer.start();
    private final JavaAiClient ai = JavaAiClient.builder(LocalLab.at("http://127.0.0.1:" + server.getPort()))
            .build();

    @AfterEach
    void close() {
        ai.close();
        server.close();
    }

    @Test
    void aBlockingStreamDoesNothingBeforeItIsRead() {
        BlockingStream<String> unread = ai.blocking().streamText("Hi");
        assertEquals(0, server.getRequests().size());
        assertEquals(0, server.getConnectionCount());
        unread.close();
        assertEquals(0, server.getConnectionCount());
    }

    @Test
    void aSlowReaderSlowsTheServerDown() {
        // Far more than the buffers on the way can hold: the server is still writing when the reader leaves.
        String[] pieces = Stream.generate(() -> "x".repeat(1_000)).limit(50_000).toArray(String[]::new);
        server.enqueue(LocalLabReplies.stream(pieces));
        try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
            assertEquals(1_000, stream.iterator().next().length());
        }
        server.awaitHangUp();
    }

    @Test
    void closingIsNoticedAtOnceAndNotAtTheNextPiece() throws Exception {
        server.enqueue(LocalLabReplies.streamThenHold("one"));
        BlockingStream<String> stream = ai.blocking().streamText("Hi");
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            Throwable failure = assertThrows(Throwable.class, () -> stream.forEach(text -> first.countDown()));
            end.complete(failure);
        });
        reader.start();
        assertEquals(true, first.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        stream.close();
        assertInstanceOf(CancellationException.class, get(end));
        server.awaitHangUp();
    }

    @Test
    void anInterruptIsNoticedAtOnce() throws Exception {
        server.enqueue(LocalLabReplies.streamThenHold("one"));
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
                end.complete(assertThrows(Throwable.class, () -> stream.forEach(text -> first.countDown())));
            }
        });
        reader.start();
        assertEquals(true, first.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        reader.interrupt();
        assertInstanceOf(CancellationException.class, get(end));
        server.awaitHangUp();
    }

    /** The SDK's own threads are its event loop: a blocking call there is refused, and does not freeze them. */
    @Test
    void aBlockingCallInTheEventLoopIsRefused() {
        // Answered only when the stages are in place: one that comes too late runs on this thread.
        CountDownLatch inPlace = new CountDownLatch(1);
        server.always(LocalLabReplies.generate("Hello").after(inPlace));
        JavaLocalLab lab = JavaLocalLab.of(ai);
        CompletableFuture<String> answer =
                ai.async().generate("Hi").thenApply(text -> ai.blocking().generate(text));
        CompletableFuture<Integer> models = ai.async()
                .generate("Hi")
                .thenApply(text -> lab.blocking().list().size());
        inPlace.countDown();
        assertInstanceOf(IllegalStateException.class, failureOf(() -> answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        assertInstanceOf(IllegalStateException.class, failureOf(() -> models.get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
    }

    /** Both styles over the same bytes, side by side. What they cost is reported: a clock proves nothing on a busy machine. */
    @Test
    void aBlockingStreamIsMeasuredBesideAnAsyncOne(TestReporter reporter) throws Exception {
        String[] pieces = Stream.generate(() -> " word").limit(20_000).toArray(String[]::new);
        server.always(LocalLabReplies.stream(pieces));
        List<Long> blocking = new ArrayList<>();
        List<Long> async = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            long started = System.nanoTime();
            List<String> pulled;
            try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
                pulled = listOf(stream);
            }
            blocking.add(System.nanoTime() - started);
            started = System.nanoTime();
            List<String> pushed = new ArrayList<>();
            get(ai.async().streamText("Hi", pushed::add));
            async.add(System.nanoTime() - started);
            assertEquals(Arrays.asList(pieces), pulled);
            assertEquals(pulled, pushed);
        }
        // The best of each: the first have paid for loading classes.
        long best = blocking.stream().min(Long::compare).orElseThrow();
        long bestAsync = async.stream().min(Long::compare).orElseThrow();
        reporter.publishEntry(
                "blocking / async",
                String.format(
                        "%.2f (%.2f and %.2f µs for each piece)",
                        (double) best / bestAsync, best / 1e3 / pieces.length, bestAsync / 1e3 / pieces.length));
    }
}
