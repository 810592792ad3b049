package dev.tandem.examples.cli.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An object as it is written: fields in the order they were put. */
public final class Json {
    private final Map<String, JsonElement> fields = new LinkedHashMap<>();

    /** Texts, numbers, booleans, lists of them, and objects like this one. */
    public Json put(String name, @Nullable Object value) {
        fields.put(name, elementOf(value));
        return this;
    }

    @Override
    public String toString() {
        return element().toString();
    }

    private JsonObject element() {
        return new JsonObject(fields);
    }

    private static JsonElement elementOf(@Nullable Object value) {
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof Json object) return object.element();
        if (value instanceof List<?> list)
            return new JsonArray(list.stream().map(Json::elementOf).toList());
        if (value instanceof Number number) return JsonElementKt.JsonPrimitive(number);
        if (value instanceof Boolean truth) return JsonElementKt.JsonPrimitive(truth);
        return JsonElementKt.JsonPrimitive(value.toString());
    }
}
