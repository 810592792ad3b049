package dev.tandem.bench.tandem;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Wants everything, passes each item on, and keeps the last one for the end. */
final class LastItem<T> implements Subscriber<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Consumer<? super T> onItem;
    private @Nullable T last;

    LastItem(Consumer<? super T> onItem) {
        this.onItem = onItem;
    }

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
        last = item;
        onItem.accept(item);
    }

    @Override
    public void onError(Throwable failure) {
        future.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        future.complete(last);
    }
}
