package dev.tandem.interop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call that follows another: when the whole is given up, so is the one that is under way by then. */
final class Composed<T, U> implements Function<T, CompletionStage<U>> {
    private final Function<? super T, ? extends CompletionStage<U>> next;
    private volatile @Nullable CompletionStage<U> second;
    private volatile boolean isOver;

    Composed(Function<? super T, ? extends CompletionStage<U>> next) {
        this.next = next;
    }

    @Override
    public CompletionStage<U> apply(T first) {
        CompletionStage<U> started = next.apply(first);
        second = started;
        if (isOver) giveUp();
        return started;
    }

    CompletableFuture<U> of(CompletableFuture<U> whole) {
        CompletableFuture<U> unused = whole.whenComplete((value, error) -> {
            isOver = true;
            giveUp();
        });
        return whole;
    }

    /** Nothing happens to a call that is done, or to a stage that is not ours to end. */
    private void giveUp() {
        CompletionStage<U> started = second;
        if (started instanceof CallFuture) ((CallFuture<U>) started).cancel(true);
    }
}
