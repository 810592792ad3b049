package dev.tandem.interop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Adds two rules that the flow's own publisher leaves out: a demand below one is an error (Reactive Streams 3.9), and no item
 * overtakes {@code onSubscribe} (1.3).
 */
final class StrictPublisher<T> implements Publisher<T> {
    private final Publisher<T> source;

    StrictPublisher(Publisher<T> source) {
        this.source = source;
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        if (subscriber == null) throw new NullPointerException("the subscriber must not be null");
        source.subscribe(new Strict<>(subscriber));
    }

    private static final class Strict<T> implements Subscriber<T>, Subscription {
        private static final long PASSED_ON = -1;

        /** Null once it has cancelled: from then on nobody here knows it (3.13), however long the source takes to end. */
        private volatile @Nullable Subscriber<? super T> subscriber;

        private volatile @Nullable Subscription subscription;
        private volatile @Nullable IllegalArgumentException badDemand;

        /** Signals under way or still to come: only who finds none may signal, since signals must not overlap. */
        private final AtomicInteger signals = new AtomicInteger();

        /** Demand from within {@code onSubscribe}, or {@link #PASSED_ON} once that is done. */
        private final AtomicLong early = new AtomicLong();

        Strict(Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long demand) {
            Subscription source = subscription;
            if (source == null) return;
            if (demand >= 1) {
                if (!holdBack(demand)) source.request(demand);
                return;
            }
            source.cancel();
            IllegalArgumentException error = new IllegalArgumentException(
                    "demand must be at least 1, but is " + demand + " (Reactive Streams 3.9)");
            badDemand = error;
            if (signals.getAndIncrement() == 0) fail(error);
        }

        @Override
        public void cancel() {
            subscriber = null;
            Subscription source = subscription;
            if (source != null) source.cancel();
        }

        private void fail(Throwable error) {
            Subscriber<? super T> known = subscriber;
            if (known != null) known.onError(error);
        }

        @Override
        public void onSubscribe(Subscription source) {
            subscription = source;
            Subscriber<? super T> known = subscriber;
            if (known != null) known.onSubscribe(this);
            long demand = early.getAndSet(PASSED_ON);
            if (demand > 0) source.request(demand);
        }

        /** False when it is too late for that. */
        private boolean holdBack(long demand) {
            while (true) {
                long held = early.get();
                if (held == PASSED_ON) return false;
                long sum = held > Long.MAX_VALUE - demand ? Long.MAX_VALUE : held + demand;
                if (early.compareAndSet(held, sum)) return true;
            }
        }

        @Override
        public void onNext(T item) {
            Subscriber<? super T> known = subscriber;
            if (known == null || !signals.compareAndSet(0, 1)) return;
            try {
                known.onNext(item);
            } catch (Throwable bug) {
                // Let the source have it, which then ends with onError.
                signals.decrementAndGet();
                throw bug;
            }
            if (signals.decrementAndGet() == 0) return;
            // A bad demand came in meanwhile and left its error to us.
            IllegalArgumentException error = badDemand;
            if (error != null) fail(error);
        }

        @Override
        public void onError(Throwable error) {
            if (signals.getAndIncrement() == 0) fail(error);
        }

        @Override
        public void onComplete() {
            Subscriber<? super T> known = subscriber;
            if (signals.getAndIncrement() == 0 && known != null) known.onComplete();
        }
    }
}
