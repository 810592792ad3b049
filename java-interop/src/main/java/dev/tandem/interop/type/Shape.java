package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.util.function.Function;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How the values of one type look as JSON. */
abstract class Shape {
    abstract JsonObject schema(Definitions definitions);

    /** {@link Misfit} says what is wrong with it. */
    abstract @Nullable Object read(JsonElement json);

    /** Whether it has a value for what is not there, which is {@link #absent}. */
    boolean takesNull() {
        return false;
    }

    @Nullable
    Object absent() {
        return null;
    }

    /** The same with null as one more value, which is read as {@code none}; any other goes through {@code full}. */
    Shape orNull(@Nullable Object none, Function<Object, Object> full) {
        Shape inner = this;
        return new Shape() {
            @Override
            JsonObject schema(Definitions definitions) {
                JsonObject schema = inner.schema(definitions);
                return schema.isEmpty() ? schema : Schema.orNull(schema);
            }

            @Override
            @Nullable
            Object read(JsonElement json) {
                Object value = json instanceof JsonNull ? null : inner.read(json);
                return value == null ? none : full.apply(value);
            }

            @Override
            boolean takesNull() {
                return true;
            }

            @Override
            @Nullable
            Object absent() {
                return none;
            }
        };
    }

    Shape orNull() {
        return takesNull() ? this : orNull(null, value -> value);
    }
}
