package dev.tandem.interop.type;

import dev.tandem.structured.AnswerType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;

/**
 * A type with arguments, which no class literal can name, as what an answer is to be: {@code new TypeRef<List<City>>() {}}.
 * What {@link JavaTypes} says holds here too.
 */
public abstract class TypeRef<T> implements AnswerType<T> {
    private final Type type;
    private final AnswerType<T> known;

    /** To be called by the braces behind {@code new TypeRef<…>()}. */
    protected TypeRef() {
        Type self = getClass().getGenericSuperclass();
        if (!(self instanceof ParameterizedType) || ((ParameterizedType) self).getRawType() != TypeRef.class) {
            throw new IllegalArgumentException(
                    "a TypeRef needs its type in angle brackets, right where it is made: new TypeRef<List<City>>() {}");
        }
        type = ((ParameterizedType) self).getActualTypeArguments()[0];
        known = Typed.of(type);
    }

    /** What stands in the angle brackets. */
    public final Type type() {
        return type;
    }

    @Override
    public final String getName() {
        return known.getName();
    }

    @Override
    public final JsonObject getSchema() {
        return known.getSchema();
    }

    @Override
    public final T read(JsonElement json) {
        return known.read(json);
    }

    @Override
    public final String toString() {
        return type.toString();
    }
}
