package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** A sealed type: one of several classes, told apart by the property {@code type}. */
final class Cases extends Referable {
    private final Map<String, ObjectShape> cases = new LinkedHashMap<>();
    private final Set<Class<?>> seen = new HashSet<>();

    Cases(JavaType type) {
        super(type);
    }

    static String nameOf(Class<?> type) {
        return Marks.of(type).name(type.getSimpleName());
    }

    /** False for what has been reached before: two of the sealed types may be above one class. */
    boolean isFirst(Class<?> reached) {
        return seen.add(reached);
    }

    void add(ObjectShape shape) {
        String name = nameOf(shape.type.raw);
        if (shape.has(ObjectShape.CASE)) {
            throw new IllegalArgumentException(shape.type + " has a member named '" + ObjectShape.CASE
                    + "', by which the classes of " + type + " are told apart: give it another by @Param(name = …)");
        }
        if (cases.put(name, shape) != null) {
            throw new IllegalArgumentException(
                    "two classes of " + type + " are named '" + name + "': give one another name by @Name");
        }
    }

    @Override
    JsonObject body(Definitions definitions) {
        return Schema.anyOf(cases.entrySet().stream()
                .map(e -> e.getValue().asCase(e.getKey(), definitions))
                .collect(Collectors.toList()));
    }

    @Override
    @Nullable
    Object read(JsonElement json) {
        if (!(json instanceof JsonObject)) throw Misfit.of("an object", json, null);
        JsonElement name = ((JsonObject) json).get(ObjectShape.CASE);
        ObjectShape shape = name instanceof JsonPrimitive ? cases.get(((JsonPrimitive) name).getContent()) : null;
        if (shape != null) return shape.read(json);
        String expected = "one of " + cases.keySet().stream().collect(Collectors.joining(", "));
        Misfit misfit = name == null ? new Misfit("is missing: " + expected, null) : Misfit.of(expected, name, null);
        throw misfit.within("." + ObjectShape.CASE);
    }
}
