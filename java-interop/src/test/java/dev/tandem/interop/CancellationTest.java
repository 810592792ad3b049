package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatEvent;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever gives up, in whatever phase: within a second the server sees the socket close. */
class CancellationTest {
    @RegisterExtension
    final PhaseScene scene = new PhaseScene();

    @ParameterizedTest
    @EnumSource
    void futureCancel(Phase phase) throws Exception {
        CompletableFuture<?> future = streamAsync(phase);
        future.cancel(true);
        scene.awaitHangUp(phase);
        assertThrows(CancellationException.class, future::join);
    }

    @ParameterizedTest
    @EnumSource
    void cancelOfADerivedStage(Phase phase) throws Exception {
        CompletableFuture<String> derived =
                streamAsync(phase).thenApply(done -> "x").thenApply(String::trim);
        derived.cancel(true);
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void cancelOfAComposedStageGivesUpTheSecondCall(Phase phase) throws Exception {
        scene.server.enqueue(OpenAiReplies.chat("first"));
        JavaAiClient first = Fixtures.clientOf(scene.server);
        scene.prepare(phase);
        CompletableFuture<?> composed = first.async()
                .generate("Hi")
                .thenCompose(text -> scene.ai.async().stream(text, event -> scene.firstEvent.countDown()))
                .thenApply(done -> "x");
        scene.server.awaitRequest();
        scene.awaitPhase(phase);
        composed.cancel(true);
        first.close();
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void orTimeout(Phase phase) throws Exception {
        CompletableFuture<?> future = streamAsync(phase).orTimeout(10, TimeUnit.MILLISECONDS);
        scene.awaitHangUp(phase);
        ExecutionException error =
                assertThrows(ExecutionException.class, () -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(TimeoutException.class, error.getCause());
    }

    @ParameterizedTest
    @EnumSource
    void completeOnTimeoutOfADerivedStage(Phase phase) throws Exception {
        CompletableFuture<String> future =
                streamAsync(phase).thenApply(done -> "done").completeOnTimeout("late", 10, TimeUnit.MILLISECONDS);
        scene.awaitHangUp(phase);
        assertEquals("late", future.join());
    }

    @ParameterizedTest
    @EnumSource
    void subscriptionCancel(Phase phase) throws Exception {
        scene.prepare(phase);
        Collected<ChatEvent> collected = Collected.all(scene.ai.reactive().stream("Hi"));
        scene.awaitRequest(phase);
        if (phase == Phase.IN_MID_STREAM) assertEquals("one", collected.first().getText());
        collected.cancel();
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void closeOfABlockingStreamFromAnotherThread(Phase phase) throws Exception {
        scene.prepare(phase);
        ChatStream stream = scene.ai.blocking().stream("Hi");
        CompletableFuture<Throwable> reader = readOn(stream);
        scene.awaitPhase(phase);
        stream.close();
        assertInstanceOf(CancellationException.class, reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void interruptOfABlockingStream(Phase phase) throws Exception {
        scene.prepare(phase);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    try (ChatStream stream = scene.ai.blocking().stream("Hi")) {
                        assertThrows(CancellationException.class, () -> readAll(stream));
                    }
                    return Thread.interrupted();
                },
                newThread());
        scene.awaitPhase(phase);
        thread.join().interrupt();
        assertTrue(interrupted.get(PATIENCE_SECONDS, TimeUnit.SECONDS), "the interrupt flag must be set again");
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void interruptOfAPlainCall(Phase phase) throws Exception {
        Reply whole = OpenAiReplies.chat("Hello");
        if (phase == Phase.IN_MID_STREAM) scene.server.enqueue(whole.holdAt(whole.getSize() - 5));
        else scene.prepare(phase);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    assertThrows(
                            CancellationException.class,
                            () -> scene.ai.blocking().generate("Hi"));
                    return Thread.interrupted();
                },
                newThread());
        scene.awaitRequest(phase);
        thread.join().interrupt();
        assertTrue(interrupted.get(PATIENCE_SECONDS, TimeUnit.SECONDS), "the interrupt flag must be set again");
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloseEndsABlockingStream(Phase phase) throws Exception {
        scene.prepare(phase);
        CompletableFuture<Throwable> reader = readOn(scene.ai.blocking().stream("Hi"));
        scene.awaitPhase(phase);
        scene.ai.close();
        assertInstanceOf(IllegalStateException.class, reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloseEndsAFuture(Phase phase) throws Exception {
        CompletableFuture<?> future = streamAsync(phase);
        scene.ai.close();
        ExecutionException error =
                assertThrows(ExecutionException.class, () -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, error.getCause());
        scene.awaitHangUp(phase);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloseEndsASubscription(Phase phase) throws Exception {
        scene.prepare(phase);
        Collected<ChatEvent> collected = Collected.all(scene.ai.reactive().stream("Hi"));
        scene.awaitRequest(phase);
        if (phase == Phase.IN_MID_STREAM) collected.first();
        scene.ai.close();
        ExecutionException error = assertThrows(ExecutionException.class, collected::toList);
        assertInstanceOf(IllegalStateException.class, error.getCause());
        scene.awaitHangUp(phase);
    }

    private CompletableFuture<?> streamAsync(Phase phase) throws InterruptedException {
        scene.prepare(phase);
        CompletableFuture<?> future = scene.ai.async().stream("Hi", event -> scene.firstEvent.countDown());
        scene.awaitPhase(phase);
        return future;
    }

    /** Reads on a thread of its own, and gives how the reading ended. */
    private CompletableFuture<Throwable> readOn(ChatStream stream) {
        return CompletableFuture.supplyAsync(() -> assertThrows(Throwable.class, () -> readAll(stream)), newThread());
    }

    private void readAll(ChatStream stream) {
        for (Iterator<ChatEvent> events = stream.iterator(); events.hasNext(); events.next())
            scene.firstEvent.countDown();
    }

    private static Executor newThread() {
        return task -> new Thread(task, "reader").start();
    }
}
