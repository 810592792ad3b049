package dev.tandem.interop;

import dev.tandem.batch.BatchTask;
import dev.tandem.batch.ResultFormat;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.structured.AnswerType;
import java.util.function.Function;
import kotlin.coroutines.Continuation;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import org.jspecify.annotations.Nullable;

/** Functions that give a result, or a stage of one, as tasks of a batch. */
final class BatchWork {
    private BatchWork() {}

    static <T, R> BatchTask<T, R> task(Function<T, @Nullable Object> work) {
        return BatchTask.of((T item, Continuation<? super R> k) -> perform(work, item, k));
    }

    static <T, R> BatchTask<T, R> task(AnswerType<R> type, Function<T, @Nullable Object> work) {
        return BatchTask.of(new Written<>(type), (T item, Continuation<? super R> k) -> perform(work, item, k));
    }

    private static <T, R> @Nullable Object perform(
            Function<T, @Nullable Object> work, T item, Continuation<? super R> k) {
        return Bridge.<R>staged(() -> work.apply(item), BatchWork::<R>result, k);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <R> R result(@Nullable Object value) {
        if (value == null) throw new IllegalStateException("the task gave null: give Optional.empty() for nothing");
        return (R) value;
    }

    /** How values of Java's are written and read. */
    private static final class Written<R> implements ResultFormat<R> {
        private final AnswerType<R> type;

        Written(AnswerType<R> type) {
            this.type = type;
        }

        @Override
        public JsonElement write(R value) {
            return Json.Default.parseToJsonElement(JavaTypes.toJson(value));
        }

        @Override
        public R read(JsonElement json) {
            return type.read(json);
        }
    }
}
