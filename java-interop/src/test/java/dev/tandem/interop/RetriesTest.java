package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.resilience.Jitter;
import dev.tandem.resilience.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The retry policy for whatever may fail. */
class RetriesTest {
    private static final RetryPolicy POLICY = RetryPolicy.builder()
            .maxAttempts(3)
            .firstPauseMillis(1)
            .jitter(Jitter.FULL)
            .retryIf(e -> e instanceof IOException)
            .build();

    private final AtomicInteger attempts = new AtomicInteger();

    private String flaky() throws IOException {
        if (attempts.incrementAndGet() < 3) throw new IOException("not now");
        return "done";
    }

    @Test
    void aCallable() throws Exception {
        assertEquals("done", Retries.call(POLICY, this::flaky));
        assertEquals(3, attempts.get());
    }

    @Test
    void theLastFailureComesOutAsItIs() {
        IOException last = new IOException("never");
        assertSame(
                last,
                assertThrows(
                        IOException.class,
                        () -> Retries.call(POLICY, () -> {
                            attempts.incrementAndGet();
                            throw last;
                        })));
        assertEquals(3, attempts.get());
    }

    @Test
    void whatIsNotNamedIsNotTriedAgain() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Retries.call(POLICY, () -> {
                    attempts.incrementAndGet();
                    throw new IllegalArgumentException("wrong");
                }));
        assertEquals(1, attempts.get());
    }

    @Test
    void whoIsInterruptedIsNotAskedAgain() {
        RetryPolicy anything =
                RetryPolicy.builder().maxAttempts(3).retryIf(e -> true).build();
        InterruptedException last = new InterruptedException("stop");
        assertSame(
                last,
                assertThrows(
                        InterruptedException.class,
                        () -> Retries.call(anything, () -> {
                            attempts.incrementAndGet();
                            throw last;
                        })));
        assertEquals(1, attempts.get());
    }

    @Test
    void aFuture() throws Exception {
        CompletableFuture<String> done = Retries.future(
                POLICY,
                () -> CompletableFuture.supplyAsync(() -> {
                    if (attempts.incrementAndGet() < 3) throw new UncheckedIOException(new IOException("not now"));
                    return "done";
                }));
        assertTrue(failureOf(() -> get(done)) instanceof UncheckedIOException);
        attempts.set(0);
        assertEquals("done", get(Retries.future(POLICY, () -> {
            if (attempts.incrementAndGet() < 3) return CompletableFuture.failedFuture(new IOException("not now"));
            return CompletableFuture.completedFuture("done");
        })));
        assertEquals(3, attempts.get());
    }

    @Test
    void cancellingTheWholeCancelsTheOneUnderWay() throws Exception {
        CompletableFuture<String> made = new CompletableFuture<>();
        CountDownLatch isAsked = new CountDownLatch(1);
        CompletableFuture<String> whole = Retries.future(POLICY, () -> {
            isAsked.countDown();
            return made;
        });
        assertTrue(isAsked.await(Fixtures.PATIENCE_SECONDS, TimeUnit.SECONDS));
        whole.cancel(true);
        assertThrows(CancellationException.class, () -> get(made));
    }

    @Test
    void aPublisher() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        never.completeExceptionally(new IOException("not now"));
        assertEquals(
                List.of("done"),
                Collected.all(Retries.publisher(
                                POLICY,
                                Bridge.publisher(k -> Bridge.await(
                                        attempts.incrementAndGet() < 3
                                                ? never
                                                : CompletableFuture.completedFuture("done"),
                                        k))))
                        .toList());
        assertEquals(3, attempts.get());
    }
}
