package dev.tandem.interop;

import java.util.concurrent.atomic.AtomicReference;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import kotlinx.coroutines.flow.FlowKt;
import org.jspecify.annotations.Nullable;

/** A flow that goes on while its reader does something else. A failure waits until the reader has had what came before it. */
final class Apart<T> implements Flow<T> {
    private final Flow<T> flow;

    Apart(Flow<T> flow) {
        this.flow = flow;
    }

    @Override
    public @Nullable Object collect(FlowCollector<? super T> collector, Continuation<? super Unit> k) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        // Once more, with nothing, is how to end well.
        Flow<T> once = (each, next) -> failure.get() == null ? flow.collect(each, next) : Unit.INSTANCE;
        Flow<T> ended = FlowKt.retryWhen(once, (each, cause, attempt, next) -> {
            failure.set(cause);
            return true;
        });
        Flow<T> apart = FlowKt.flowOn(ended, Dispatchers.getDefault());
        return FlowKt.<T>onCompletion(apart, (each, cause, next) -> {
                    Throwable late = failure.get();
                    if (cause == null && late != null) throw Apart.<RuntimeException>same(late);
                    return Unit.INSTANCE;
                })
                .collect(collector, k);
    }

    /** As Kotlin throws: whatever it is. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E same(Throwable error) throws E {
        throw (E) error;
    }
}
