package dev.tandem.interop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call. Whoever completes or cancels it, or a stage derived from it, before the call is done gives the
 * call up, down to its socket.
 */
final class CallFuture<T> extends CompletableFuture<T> {
    /** The call itself, or the stage that this one is derived from: giving up goes up step by step. */
    private final CompletableFuture<?> source;

    private CallFuture(CompletableFuture<?> source) {
        this.source = source;
    }

    /** Not by a stage derived from the call, which would wrap its exception in another. */
    static <T, U> CallFuture<U> of(CompletableFuture<T> call, Function<? super T, ? extends U> outcome) {
        CallFuture<U> future = new CallFuture<>(call);
        CompletableFuture<T> unused = call.whenComplete((value, error) -> {
            if (error == null) future.complete(outcome.apply(value));
            else future.completeExceptionally(error);
        });
        return future;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>(this);
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> next) {
        Composed<T, U> composed = new Composed<>(next);
        return composed.of(super.thenCompose(composed));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> next) {
        Composed<T, U> composed = new Composed<>(next);
        return composed.of(super.thenComposeAsync(composed));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> next, Executor executor) {
        Composed<T, U> composed = new Composed<>(next);
        return composed.of(super.thenComposeAsync(composed, executor));
    }

    // The outcome comes first: giving the call up would else decide it.

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return thenGiveUp(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(T value) {
        return thenGiveUp(super.complete(value));
    }

    /** Also how {@code orTimeout} ends a future. */
    @Override
    public boolean completeExceptionally(@Nullable Throwable error) {
        return thenGiveUp(super.completeExceptionally(error));
    }

    private boolean thenGiveUp(boolean isOutcome) {
        source.cancel(true);
        return isOutcome;
    }
}
