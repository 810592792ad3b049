package dev.tandem.interop;

import dev.tandem.batch.Batch;
import dev.tandem.batch.BatchResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** A batch whose results are told one by one. What {@link Views#async} says of them holds here too. */
public final class AsyncBatch<T, R> {
    private final Batch<T, R> core;

    AsyncBatch(Batch<T, R> core) {
        this.core = core;
    }

    /** What becomes of each item, as it comes. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> run(
            Iterable<? extends T> items, Consumer<? super BatchResult<T, R>> each) {
        return Bridge.future(Bridge.apart(BatchItems.run(core, items)), each);
    }

    /** The same of a stream, which is closed at the end. */
    public CompletableFuture<@Nullable Void> run(Stream<? extends T> items, Consumer<? super BatchResult<T, R>> each) {
        return Bridge.future(Bridge.apart(BatchItems.run(core, items)), each);
    }

    /** The same of items that come by themselves. */
    public CompletableFuture<@Nullable Void> run(
            Publisher<? extends T> items, Consumer<? super BatchResult<T, R>> each) {
        return Bridge.future(Bridge.apart(BatchItems.run(core, items)), each);
    }

    /** One result for each item, in their order, when all of them are over. */
    public CompletableFuture<List<BatchResult<T, R>>> completeBatch(Iterable<? extends T> items) {
        return Bridge.future(k -> core.completeBatch(items, k));
    }
}
