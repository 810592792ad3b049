package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A subscriber that keeps what it gets. */
final class Collected<T> implements Subscriber<T> {
    private final List<T> items = new ArrayList<>();
    private final CompletableFuture<List<T>> end = new CompletableFuture<>();
    private final CompletableFuture<T> first = new CompletableFuture<>();
    private final long demand;
    private volatile @Nullable Subscription subscription;

    private Collected(long demand) {
        this.demand = demand;
    }

    static <T> Collected<T> all(Publisher<T> publisher) {
        return from(publisher, Long.MAX_VALUE);
    }

    static <T> Collected<T> from(Publisher<T> publisher, long demand) {
        Collected<T> collected = new Collected<>(demand);
        publisher.subscribe(collected);
        return collected;
    }

    void cancel() {
        subscription().cancel();
    }

    void request(long more) {
        subscription().request(more);
    }

    T first() throws InterruptedException, ExecutionException, TimeoutException {
        return first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** All items, or an ExecutionException with what went wrong. */
    List<T> toList() throws InterruptedException, ExecutionException, TimeoutException {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    int count() {
        synchronized (items) {
            return items.size();
        }
    }

    private Subscription subscription() {
        Subscription known = subscription;
        if (known == null) throw new IllegalStateException("not subscribed yet");
        return known;
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
        s.request(demand);
    }

    @Override
    public void onNext(T item) {
        synchronized (items) {
            items.add(item);
        }
        first.complete(item);
    }

    @Override
    public void onError(Throwable error) {
        first.completeExceptionally(error);
        end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        end.complete(items);
    }
}
