package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** JSON that is left open, as it is or as Java's own maps, lists, texts, numbers and booleans. */
final class Anything extends Shape {
    private final Class<?> type;

    private Anything(Class<?> type) {
        this.type = type;
    }

    /** Null for a class that says more. */
    static @Nullable Shape of(Class<?> type) {
        boolean isOpen = type == Object.class
                || type == JsonElement.class
                || type == JsonObject.class
                || type == JsonArray.class;
        return isOpen ? new Anything(type) : null;
    }

    @Override
    JsonObject schema(Definitions definitions) {
        if (type == JsonObject.class) return Schema.mapOf(new JsonObject(new HashMap<>()));
        if (type == JsonArray.class) return Schema.listOf(new JsonObject(new HashMap<>()));
        return new JsonObject(new HashMap<>());
    }

    @Override
    @Nullable
    Object read(JsonElement json) {
        if (type == Object.class) return plain(json);
        if (type.isInstance(json)) return json;
        throw Misfit.of(type == JsonArray.class ? "an array" : "an object", json, null);
    }

    private static @Nullable Object plain(JsonElement json) {
        if (json instanceof JsonObject) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            ((JsonObject) json).forEach((name, value) -> map.put(name, plain(value)));
            return map;
        }
        if (json instanceof JsonArray) {
            List<@Nullable Object> list = new ArrayList<>();
            for (JsonElement item : (JsonArray) json) list.add(plain(item));
            return list;
        }
        if (json instanceof JsonNull) return null;
        JsonPrimitive single = (JsonPrimitive) json;
        String text = single.getContent();
        if (single.isString()) return text;
        return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : numberOf(json);
    }

    /** The smallest that holds it exactly. */
    private static Object numberOf(JsonElement json) {
        BigDecimal exact;
        try {
            exact = Scalar.decimal(json.toString());
        } catch (ArithmeticException | NumberFormatException e) {
            throw Misfit.of("JSON", json, e);
        }
        if (exact.scale() == 0) {
            BigInteger whole = exact.unscaledValue();
            if (whole.bitLength() < Integer.SIZE) return whole.intValue();
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        double near = exact.doubleValue();
        boolean isExact = !Double.isInfinite(near) && new BigDecimal(Double.toString(near)).compareTo(exact) == 0;
        return isExact ? (Object) near : exact;
    }
}
