package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatEvent;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.MuteServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever gives up, in whatever phase: within a second the server sees the socket close. */
class CancellationTest {
    private static final long BOUND_MILLIS = 1_000;

    private final FakeServer server = FakeServer.start();
    private final MuteServer mute = MuteServer.start();
    private final CountDownLatch firstEvent = new CountDownLatch(1);
    private JavaAiClient ai = Fixtures.clientOf(server);

    enum Phase {
        CONNECTING,
        BEFORE_THE_HEAD,
        IN_MID_STREAM
    }

    @AfterEach
    void close() {
        ai.close();
        server.close();
        mute.close();
    }

    @ParameterizedTest
    @EnumSource
    void futureCancel(Phase phase) throws Exception {
        CompletableFuture<?> future = streamAsync(phase);
        future.cancel(true);
        awaitHangUp(phase);
        assertThrows(CancellationException.class, future::join);
    }

    @ParameterizedTest
    @EnumSource
    void cancelOfADerivedStage(Phase phase) throws Exception {
        CompletableFuture<String> derived =
                streamAsync(phase).thenApply(done -> "x").thenApply(String::trim);
        derived.cancel(true);
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void cancelOfAComposedStageGivesUpTheSecondCall(Phase phase) throws Exception {
        server.enqueue(OpenAiReplies.chat("first"));
        JavaAiClient first = Fixtures.clientOf(server);
        prepare(phase);
        CompletableFuture<?> composed = first.async()
                .generate("Hi")
                .thenCompose(text -> ai.async().stream(text, event -> firstEvent.countDown()))
                .thenApply(done -> "x");
        server.awaitRequest();
        awaitPhase(phase);
        composed.cancel(true);
        first.close();
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void orTimeout(Phase phase) throws Exception {
        CompletableFuture<?> future = streamAsync(phase).orTimeout(10, TimeUnit.MILLISECONDS);
        awaitHangUp(phase);
        ExecutionException error =
                assertThrows(ExecutionException.class, () -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(TimeoutException.class, error.getCause());
    }

    @ParameterizedTest
    @EnumSource
    void completeOnTimeoutOfADerivedStage(Phase phase) throws Exception {
        CompletableFuture<String> future =
                streamAsync(phase).thenApply(done -> "done").completeOnTimeout("late", 10, TimeUnit.MILLISECONDS);
        awaitHangUp(phase);
        assertEquals("late", future.join());
    }

    @ParameterizedTest
    @EnumSource
    void subscriptionCancel(Phase phase) throws Exception {
        prepare(phase);
        Collected<ChatEvent> collected = Collected.all(ai.reactive().stream("Hi"));
        awaitRequest(phase);
        if (phase == Phase.IN_MID_STREAM) assertEquals("one", collected.first().getText());
        collected.cancel();
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void closeOfABlockingStreamFromAnotherThread(Phase phase) throws Exception {
        prepare(phase);
        ChatStream stream = ai.blocking().stream("Hi");
        CompletableFuture<Throwable> reader = readOn(stream);
        awaitPhase(phase);
        stream.close();
        assertInstanceOf(CancellationException.class, reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void interruptOfABlockingStream(Phase phase) throws Exception {
        prepare(phase);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    try (ChatStream stream = ai.blocking().stream("Hi")) {
                        assertThrows(CancellationException.class, () -> readAll(stream));
                    }
                    return Thread.interrupted();
                },
                newThread());
        awaitPhase(phase);
        thread.join().interrupt();
        assertTrue(interrupted.get(PATIENCE_SECONDS, TimeUnit.SECONDS), "the interrupt flag must be set again");
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void interruptOfAPlainCall(Phase phase) throws Exception {
        Reply whole = OpenAiReplies.chat("Hello");
        if (phase == Phase.IN_MID_STREAM) server.enqueue(whole.holdAt(whole.getSize() - 5));
        else prepare(phase);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    assertThrows(
                            CancellationException.class, () -> ai.blocking().generate("Hi"));
                    return Thread.interrupted();
                },
                newThread());
        awaitRequest(phase);
        thread.join().interrupt();
        assertTrue(interrupted.get(PATIENCE_SECONDS, TimeUnit.SECONDS), "the interrupt flag must be set again");
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloseEndsABlockingStream(Phase phase) throws Exception {
        prepare(phase);
        CompletableFuture<Throwable> reader = readOn(ai.blocking().stream("Hi"));
        awaitPhase(phase);
        ai.close();
        assertInstanceOf(IllegalStateException.class, reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloseEndsAFuture(Phase phase) throws Exception {
        CompletableFuture<?> future = streamAsync(phase);
        ai.close();
        ExecutionException error =
                assertThrows(ExecutionException.class, () -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, error.getCause());
        awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloseEndsASubscription(Phase phase) throws Exception {
        prepare(phase);
        Collected<ChatEvent> collected = Collected.all(ai.reactive().stream("Hi"));
        awaitRequest(phase);
        if (phase == Phase.IN_MID_STREAM) collected.first();
        ai.close();
        ExecutionException error = assertThrows(ExecutionException.class, collected::toList);
        assertInstanceOf(IllegalStateException.class, error.getCause());
        awaitHangUp(phase);
    }

    private CompletableFuture<?> streamAsync(Phase phase) throws InterruptedException {
        prepare(phase);
        CompletableFuture<?> future = ai.async().stream("Hi", event -> firstEvent.countDown());
        awaitPhase(phase);
        return future;
    }

    /** What the server will do. */
    private void prepare(Phase phase) {
        if (phase == Phase.CONNECTING) {
            ai.close();
            ai = Fixtures.clientOf(mute.getUrl());
        } else {
            server.enqueue(phase == Phase.BEFORE_THE_HEAD ? Reply.silence() : OpenAiReplies.streamThenHold("one"));
        }
    }

    private void awaitHangUp(Phase phase) {
        if (phase == Phase.CONNECTING) mute.awaitHangUp(BOUND_MILLIS);
        else server.awaitHangUp(BOUND_MILLIS);
    }

    private void awaitRequest(Phase phase) {
        if (phase == Phase.CONNECTING) mute.awaitConnection();
        else server.awaitRequest();
    }

    private void awaitPhase(Phase phase) throws InterruptedException {
        awaitRequest(phase);
        if (phase == Phase.IN_MID_STREAM) assertTrue(firstEvent.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Reads on a thread of its own, and gives how the reading ended. */
    private CompletableFuture<Throwable> readOn(ChatStream stream) {
        return CompletableFuture.supplyAsync(() -> assertThrows(Throwable.class, () -> readAll(stream)), newThread());
    }

    private void readAll(ChatStream stream) {
        for (Iterator<ChatEvent> events = stream.iterator(); events.hasNext(); events.next()) firstEvent.countDown();
    }

    private static Executor newThread() {
        return task -> new Thread(task, "reader").start();
    }
}
