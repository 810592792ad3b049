package dev.tandem.interop;

import dev.tandem.platform.ContextCarrier;
import dev.tandem.resilience.RetryPolicy;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.jvm.functions.Function1;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineScopeKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.InterruptibleKt;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.NonCancellable;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.future.FutureKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** From suspend functions and flows to the three Java styles. */
final class Bridge {
    /** For our own work. No job: a call ends with the client, which sees to that itself. */
    private static final CoroutineScope OURS = scope(Dispatchers.getDefault().plus(SdkMark.context()));

    /** For callbacks of the user, which may block. */
    private static final CoroutineScope CALLBACKS = scope(Callbacks.THREADS);

    private Bridge() {}

    /** The caller's thread does the work itself while it waits. */
    static <T> T block(SuspendCall<T> call) {
        SdkMark.refuseHere();
        try {
            return BuildersKt.<T>runBlocking(EmptyCoroutineContext.INSTANCE, (scope, k) -> call.on(k));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What an interrupt comes out as, with the flag set again. */
    static CancellationException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled =
                new CancellationException("the thread was interrupted, so the call was cancelled");
        cancelled.initCause(cause);
        return cancelled;
    }

    /** For calls whose answer may be that there is none. */
    static <T> Optional<T> blockOptional(SuspendCall<@Nullable T> call) {
        return Optional.ofNullable(Bridge.<@Nullable T>block(call));
    }

    static <T> CompletableFuture<T> future(SuspendCall<T> call) {
        return CallFuture.of(started(OURS, call), Function.identity());
    }

    /** For calls whose answer may be that there is none. */
    static <T> CompletableFuture<Optional<T>> futureOptional(SuspendCall<@Nullable T> call) {
        return CallFuture.of(started(OURS, call), Optional::ofNullable);
    }

    /** {@code source}, subscribed to anew when it fails before its first item. */
    static <T> Publisher<T> retried(RetryPolicy policy, Publisher<T> source) {
        return publisher(policy.around(ReactiveFlowKt.asFlow(source)));
    }

    /** For calls that have nothing to say but that they are done. */
    static CompletableFuture<@Nullable Void> futureDone(SuspendCall<Unit> call) {
        return CallFuture.of(started(OURS, call), unit -> null);
    }

    /** Done when {@code onItem} has had every item, one at a time. It may block: the next item waits for it. */
    static <T> CompletableFuture<@Nullable Void> future(Flow<? extends T> flow, Consumer<? super T> onItem) {
        SuspendCall<Unit> collect = k -> flow.collect(
                (item, each) -> {
                    onItem.accept(item);
                    return Unit.INSTANCE;
                },
                k);
        return CallFuture.of(started(CALLBACKS, collect), unit -> null);
    }

    /** {@code flow}, which goes on while its reader does something else. */
    static <T> Flow<T> apart(Flow<T> flow) {
        return new Apart<>(flow);
    }

    static <T> Publisher<T> publisher(SuspendCall<T> call) {
        Function1<Continuation<? super T>, @Nullable Object> suspending = call::on;
        return publisher(FlowKt.asFlow(suspending));
    }

    /** For calls whose answer may be that there is none: no item then, only the end. */
    static <T> Publisher<T> publisherOptional(SuspendCall<@Nullable T> call) {
        Function1<Continuation<? super @Nullable T>, @Nullable Object> suspending = call::on;
        return publisher(FlowKt.filterNotNull(FlowKt.asFlow(suspending)));
    }

    static <T> Publisher<T> publisher(Flow<? extends T> flow) {
        // Not before somebody subscribes is it known on whose behalf.
        return new StrictPublisher<>(subscriber -> ReactiveFlowKt.asPublisher(
                        flow, OURS.getCoroutineContext().plus(ContextCarrier.captureAll()))
                .subscribe(subscriber));
    }

    /** For calls that have nothing to say but that they are done: no item, only the end. */
    static Publisher<Void> publisherDone(SuspendCall<Unit> call) {
        Function1<Continuation<? super Unit>, @Nullable Object> suspending = call::on;
        Flow<Unit> none = FlowKt.filter(FlowKt.asFlow(suspending), (unit, k) -> false);
        return publisher(FlowKt.map(none, (unit, k) -> null));
    }

    /** For code of the user that blocks, on behalf of a call: interrupted when that is given up, and not waited for. */
    static <T> @Nullable Object blocking(Supplier<T> work, Continuation<? super T> k) {
        return await(called(work), k);
    }

    /**
     * The same for code that may give a stage of what it has: that is waited for without a thread, and cancelled when the call
     * is given up. {@code outcome} gets what comes in the end.
     */
    static <T> @Nullable Object staged(
            Supplier<@Nullable Object> work,
            Function<@Nullable Object, ? extends T> outcome,
            Continuation<? super T> k) {
        CompletableFuture<T> whole = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> first = called(work);
        BiConsumer<@Nullable Object, @Nullable Throwable> end = (value, error) -> {
            try {
                if (error == null) whole.complete(outcome.apply(value));
                else whole.completeExceptionally(error);
            } catch (Throwable bug) {
                // Nobody would hear of it here.
                whole.completeExceptionally(bug);
            }
        };
        CompletableFuture<?> unused = first.whenComplete((value, error) -> {
            if (value instanceof CompletionStage) follow((CompletionStage<?>) value, end, whole);
            else end.accept(value, error);
        });
        giveUpWith(whole, first);
        return await(whole, k);
    }

    private static void follow(
            CompletionStage<?> stage,
            BiConsumer<@Nullable Object, @Nullable Throwable> end,
            CompletableFuture<?> whole) {
        try {
            CompletionStage<?> unused = stage.whenComplete(end);
            if (stage instanceof Future) giveUpWith(whole, (Future<?>) stage);
        } catch (RuntimeException e) {
            whole.completeExceptionally(e);
        }
    }

    private static void giveUpWith(CompletableFuture<?> whole, Future<?> part) {
        CompletableFuture<?> unused = whole.whenComplete((value, error) -> {
            if (whole.isCancelled()) part.cancel(true);
        });
    }

    private static <T> CompletableFuture<T> called(Supplier<T> work) {
        return started(
                CALLBACKS,
                each -> InterruptibleKt.<T>runInterruptible(EmptyCoroutineContext.INSTANCE, work::get, each));
    }

    static <T> @Nullable Object await(CompletionStage<T> stage, Continuation<? super T> k) {
        return FutureKt.<T>await(stage, k);
    }

    /** Brings the items of {@code flow} to {@code collector}, in {@code loop}. */
    static <T> Job collect(Flow<T> flow, FlowCollector<T> collector, ReaderLoop loop) {
        return BuildersKt.launch(
                scope(loop), ContextCarrier.captureAll(), CoroutineStart.DEFAULT, (s, k) -> flow.collect(collector, k));
    }

    private static <T> CompletableFuture<T> started(CoroutineScope scope, SuspendCall<T> call) {
        return FutureKt.<T>future(scope, ContextCarrier.captureAll(), CoroutineStart.DEFAULT, (s, k) -> call.on(k));
    }

    private static CoroutineScope scope(CoroutineContext context) {
        return CoroutineScopeKt.CoroutineScope(
                context.plus(NonCancellable.INSTANCE).plus(new LateFailures()));
    }
}
