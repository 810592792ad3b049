package dev.tandem.interop;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call. Whoever completes or cancels it, or a stage derived from it, before the call is done gives the
 * call up, down to its socket.
 */
final class CallFuture<T> extends CompletableFuture<T> {
    private final CompletableFuture<?> call;

    private CallFuture(CompletableFuture<?> call) {
        this.call = call;
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
        return new CallFuture<>(call);
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
        call.cancel(true);
        return isOutcome;
    }
}
