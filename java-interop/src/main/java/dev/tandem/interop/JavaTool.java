package dev.tandem.interop;

import dev.tandem.interop.type.JavaTypes;
import dev.tandem.tool.Tool;
import java.util.function.Function;
import kotlin.coroutines.Continuation;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A tool of whatever Java has to run. */
final class JavaTool extends Tool {
    private static final String NOTHING_TO_SAY = "done";

    private final Body body;
    private final @Nullable Long timeoutMillis;

    /** {@link Tool#run} as a lambda. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object on(JsonObject arguments, Continuation<? super String> k);
    }

    JavaTool(String name, String description, JsonObject parameters, @Nullable Long timeoutMillis, Body body) {
        super(name, description, parameters);
        this.timeoutMillis = timeoutMillis;
        this.body = body;
    }

    /** On a thread where it may block. A stage is waited for, without a thread. */
    static Body blocking(Function<JsonObject, @Nullable Object> body) {
        return (arguments, k) -> Bridge.staged(() -> body.apply(arguments), JavaTool::text, k);
    }

    private static String text(@Nullable Object result) {
        if (result == null) return NOTHING_TO_SAY;
        if (result instanceof CharSequence) return result.toString();
        try {
            return JavaTypes.toJson(result);
        } catch (IllegalArgumentException e) {
            // Not of the model's making.
            throw new IllegalStateException("its result is no JSON: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Long getTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public @Nullable Object run(JsonObject arguments, Continuation<? super String> k) {
        return body.on(arguments, k);
    }
}
