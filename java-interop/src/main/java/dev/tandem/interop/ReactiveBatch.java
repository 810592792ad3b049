package dev.tandem.interop;

import dev.tandem.batch.Batch;
import dev.tandem.batch.BatchResult;
import java.util.List;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;

/** A batch as Reactive Streams: items in, results out. What {@link ReactiveClient} says holds here too. */
public final class ReactiveBatch<T, R> {
    private final Batch<T, R> core;

    ReactiveBatch(Batch<T, R> core) {
        this.core = core;
    }

    /** What becomes of each item, as it comes. */
    public Publisher<BatchResult<T, R>> run(Iterable<? extends T> items) {
        return Bridge.publisher(BatchItems.run(core, items));
    }

    /** The same of a stream, which is closed at the end; so for one subscriber. */
    public Publisher<BatchResult<T, R>> run(Stream<? extends T> items) {
        return Bridge.publisher(BatchItems.run(core, items));
    }

    /** The same of items that come by themselves, asked for as there is room for them. */
    public Publisher<BatchResult<T, R>> run(Publisher<? extends T> items) {
        return Bridge.publisher(BatchItems.run(core, items));
    }

    /** One result for each item, in their order, when all of them are over. */
    public Publisher<List<BatchResult<T, R>>> completeBatch(Iterable<? extends T> items) {
        return Bridge.publisher(k -> core.completeBatch(items, k));
    }
}
