package dev.tandem.interop.type;

import dev.tandem.schema.ObjectSchema;
import dev.tandem.schema.Schema;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** A map. Its keys are text in JSON, whatever they are here. */
final class MapShape extends Shape {
    private final Scalar key;
    private final Shape value;
    private final Function<Map<Object, @Nullable Object>, Object> make;

    MapShape(Scalar key, Shape value, Function<Map<Object, @Nullable Object>, Object> make) {
        this.key = key;
        this.value = value;
        this.make = make;
    }

    /** How such is made of a map; null for what is no such. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static @Nullable Function<Map<Object, @Nullable Object>, Object> makerOf(JavaType type) {
        Class<?> raw = type.raw;
        if (!Map.class.isAssignableFrom(raw)) return null;
        if (raw.isAssignableFrom(LinkedHashMap.class)) return entries -> entries;
        if (raw.isAssignableFrom(TreeMap.class)) return TreeMap::new;
        if (raw.isAssignableFrom(ConcurrentHashMap.class)) return ConcurrentHashMap::new;
        if (raw != EnumMap.class) return null;
        Class keys = type.argument(0).raw;
        return entries -> {
            Map map = new EnumMap(keys);
            map.putAll(entries);
            return map;
        };
    }

    /** Where the keys are known, they are the names of properties; else words say what they are. */
    @Override
    JsonObject schema(Definitions definitions) {
        JsonElement choices = key.schema(definitions).get("enum");
        if (!(choices instanceof JsonArray)) {
            JsonObject map = Schema.mapOf(value.schema(definitions));
            return key.isAnyText() ? map : Schema.described(map, "each key is " + key.expected());
        }
        ObjectSchema object = Schema.objectOf();
        for (JsonElement name : (JsonArray) choices) {
            object.optional(((JsonPrimitive) name).getContent(), value.schema(definitions));
        }
        return object.build();
    }

    @Override
    Object read(JsonElement json) {
        if (!(json instanceof JsonObject)) throw Misfit.of("an object", json, null);
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        ((JsonObject) json).forEach((name, each) -> {
            try {
                entries.put(key.readKey(name), value.read(each));
            } catch (Misfit e) {
                throw e.within("." + name);
            }
        });
        try {
            return make.apply(entries);
        } catch (ClassCastException | NullPointerException e) {
            throw new Misfit("has keys that cannot be put in order, or values that are null", e);
        }
    }
}
