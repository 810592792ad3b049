package dev.tandem.flink;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Options;
import java.io.Serializable;
import java.util.concurrent.CompletionStage;

/** Any operation of a client, for one item: {@code (ai, row, options) -> ai.async().generate(row.question(), options)}. */
@FunctionalInterface
public interface AiCall<T, R> extends Serializable {
    /**
     * Runs in the task's own thread, so it must not wait: it asks {@code ai.async()} and hands out the future. {@code options}
     * carry the item's idempotency key, if there is one, and belong into every call; {@code options.newBuilder()} has room for
     * your own.
     */
    CompletionStage<R> call(JavaAiClient ai, T item, Options options) throws Exception;
}
