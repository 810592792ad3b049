package dev.tandem.interop;

import dev.tandem.batch.BatchTask;
import dev.tandem.interop.type.JavaTypes;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Functions of Java's as what is done with each item of a batch. They run on threads of their own and may block, also by
 * calling the client; an interrupt tells that the item is given up. Those that know what class their results are can have a
 * journal. What their own calls take is in the client's {@link JavaAiClient#spending()}, but not in the results' effort.
 */
public final class JavaBatchTask {
    private JavaBatchTask() {}

    /** Whatever {@code work} does. It can have no journal. */
    public static <T, R> BatchTask<T, R> of(Function<? super T, ? extends R> work) {
        return BatchWork.task(work::apply);
    }

    /** The same for journals as well, in which results are written as {@link JavaTypes} writes them. */
    public static <T, R> BatchTask<T, R> of(Class<R> type, Function<? super T, ? extends R> work) {
        return BatchWork.task(JavaTypes.of(type), work::apply);
    }

    /** Whatever {@code work} begins; cancelled when the item is given up. It can have no journal. */
    public static <T, R> BatchTask<T, R> ofAsync(Function<? super T, ? extends CompletionStage<? extends R>> work) {
        return BatchWork.task(work::apply);
    }

    /** The same for journals as well, in which results are written as {@link JavaTypes} writes them. */
    public static <T, R> BatchTask<T, R> ofAsync(
            Class<R> type, Function<? super T, ? extends CompletionStage<? extends R>> work) {
        return BatchWork.task(JavaTypes.of(type), work::apply);
    }
}
