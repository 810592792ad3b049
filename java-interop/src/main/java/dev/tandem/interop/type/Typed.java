package dev.tandem.interop.type;

import dev.tandem.structured.AnswerType;
import java.lang.reflect.Type;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;

/** A shape under a name. */
final class Typed<T> implements AnswerType<T> {
    private static final int LONGEST_NAME = 64;

    private final String name;
    private final Shape shape;
    private final JsonObject schema;

    Typed(String name, Shape shape) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        this.name = plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
        this.shape = shape;
        Definitions definitions = new Definitions();
        // Not as a reference, even if it contains itself: at the root, some providers take none.
        JsonObject root =
                shape instanceof Referable ? ((Referable) shape).whole(definitions) : shape.schema(definitions);
        schema = definitions.in(root);
    }

    static <T> AnswerType<T> of(Type type) {
        Shapes shapes = new Shapes();
        String written = type instanceof Class ? ((Class<?>) type).getSimpleName() : type.toString();
        JavaType known = shapes.at(written, () -> JavaType.of(type));
        return new Typed<>(known.plainName(), shapes.of(known, known.toString()));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public JsonObject getSchema() {
        return schema;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(JsonElement json) {
        Object value;
        try {
            value = shape.read(json);
        } catch (StackOverflowError e) {
            throw new Misfit("is nested too deep to be read", null);
        }
        if (value == null) throw new Misfit("must not be null", null);
        return (T) value;
    }

    @Override
    public String toString() {
        return "AnswerType(" + name + ")";
    }
}
