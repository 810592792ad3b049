package dev.tandem.interop;

import dev.tandem.batch.Batch;
import dev.tandem.batch.BatchResult;
import java.util.List;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;

/** A batch whose results are read one by one. What {@link BlockingClient} says holds here too. */
public final class BlockingBatch<T, R> {
    private final Batch<T, R> core;

    BlockingBatch(Batch<T, R> core) {
        this.core = core;
    }

    /** What becomes of each item, as it comes; the work goes on while its reader does something else. Close it. */
    public BlockingStream<BatchResult<T, R>> run(Iterable<? extends T> items) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(BatchItems.run(core, items))));
    }

    /** The same of a stream, which is closed at the end. */
    public BlockingStream<BatchResult<T, R>> run(Stream<? extends T> items) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(BatchItems.run(core, items))));
    }

    /** The same of items that come by themselves. */
    public BlockingStream<BatchResult<T, R>> run(Publisher<? extends T> items) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(BatchItems.run(core, items))));
    }

    /** One result for each item, in their order, when all of them are over. */
    public List<BatchResult<T, R>> completeBatch(Iterable<? extends T> items) {
        return Bridge.block(k -> core.completeBatch(items, k));
    }
}
