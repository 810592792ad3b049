package dev.tandem.interop;

import dev.tandem.batch.Batch;
import dev.tandem.batch.BatchResult;
import java.util.Collection;
import java.util.stream.Stream;
import kotlin.Unit;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import org.reactivestreams.Publisher;

/** Items from wherever Java has them, through a batch. What may block is read on threads for that. */
final class BatchItems {
    private BatchItems() {}

    static <T, R> Flow<BatchResult<T, R>> run(Batch<T, R> batch, Iterable<? extends T> items) {
        // Whoever has them all already knows how many they are.
        return items instanceof Collection ? batch.run(items) : batch.run(read(items));
    }

    static <T, R> Flow<BatchResult<T, R>> run(Batch<T, R> batch, Stream<? extends T> items) {
        Iterable<T> once = () -> items.<T>map(item -> item).iterator();
        return FlowKt.onCompletion(batch.run(read(once)), (collector, cause, k) -> {
            items.close();
            return Unit.INSTANCE;
        });
    }

    static <T, R> Flow<BatchResult<T, R>> run(Batch<T, R> batch, Publisher<? extends T> items) {
        return batch.run(ReactiveFlowKt.asFlow(items));
    }

    private static <T> Flow<T> read(Iterable<? extends T> items) {
        return FlowKt.flowOn(FlowKt.asFlow(items), Callbacks.THREADS);
    }
}
