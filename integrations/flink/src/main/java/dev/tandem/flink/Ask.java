package dev.tandem.flink;

import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.function.SerializableFunction;

/** What is asked about each item, and the type of what comes of it. Options for all items are set on the client. */
public final class Ask<T, R> implements Serializable {
    private static final long serialVersionUID = 1;

    private final AiCall<T, R> call;
    private final TypeInformation<R> type;

    private Ask(AiCall<T, R> call, TypeInformation<R> type) {
        this.call = call;
        this.type = type;
    }

    /** Whatever a client can do. Flink cannot see what a lambda gives, so {@code type} says it. */
    public static <T, R> Ask<T, R> of(AiCall<T, R> call, TypeInformation<R> type) {
        return new Ask<>(call, type);
    }

    /** The text of the answer. */
    public static <T> Ask<T, String> generate(SerializableFunction<T, String> prompt) {
        return of((ai, item, options) -> ai.async().generate(prompt.apply(item), options), Types.STRING);
    }

    /** What {@code kept} keeps of the whole answer, such as its text and usage: a response itself is not for streams and state. */
    public static <T, R> Ask<T, R> chat(
            SerializableFunction<T, ChatRequest> request,
            SerializableFunction<ChatResponse, R> kept,
            TypeInformation<R> type) {
        return of(
                (ai, item, options) -> ai.async()
                        .chat(request.apply(item).withDefaults(options))
                        .thenApply(kept),
                type);
    }

    /** The vector of a text. */
    public static <T> Ask<T, float[]> embed(SerializableFunction<T, String> text) {
        return of(
                (ai, item, options) ->
                        ai.async().embed(text.apply(item), options).thenApply(made -> made.getVector()),
                PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** An object, checked against its type and mended by the model if it is wrong. A record or a POJO, as Flink knows them. */
    public static <T, R> Ask<T, R> extract(SerializableFunction<T, String> prompt, Class<R> type) {
        return of(
                (ai, item, options) -> ai.async().extract(prompt.apply(item), type, options), TypeInformation.of(type));
    }

    AiCall<T, R> call() {
        return call;
    }

    TypeInformation<R> type() {
        return type;
    }
}
