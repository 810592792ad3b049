package dev.tandem.interop;

import java.util.concurrent.CompletableFuture;
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

    static <T> CallFuture<T> of(CompletableFuture<T> call) {
        CallFuture<T> future = new CallFuture<>(call);
        CompletableFuture<T> unused = call.whenComplete((value, error) -> {
            if (error == null) future.complete(value);
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
