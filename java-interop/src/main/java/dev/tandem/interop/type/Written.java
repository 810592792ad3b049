package dev.tandem.interop.type;

import java.lang.reflect.Array;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Values as JSON: by what they are, not by what they are declared as. For one thread, once. */
final class Written {
    /** Deeper only goes what contains itself. */
    private static final int DEEPEST = 100;

    private final Map<Class<?>, Map<String, Property>> known = new HashMap<>();
    private int depth;

    JsonElement of(@Nullable Object value) {
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof JsonElement) return (JsonElement) value;
        if (value instanceof CharSequence || value instanceof Character) return text(value.toString());
        if (value instanceof Boolean) return JsonElementKt.JsonPrimitive((Boolean) value);
        if (value instanceof Number) return number((Number) value);
        if (value instanceof Enum) return text(keyOf(value));
        if (depth > DEEPEST)
            throw new IllegalArgumentException("a value deeper than " + DEEPEST + " levels: it contains itself");
        depth++;
        try {
            return structured(value);
        } finally {
            depth--;
        }
    }

    private JsonElement structured(Object value) {
        if (value instanceof Optional) return of(((Optional<?>) value).orElse(null));
        if (value instanceof OptionalInt) {
            return ((OptionalInt) value).isPresent() ? of(((OptionalInt) value).getAsInt()) : JsonNull.INSTANCE;
        }
        if (value instanceof OptionalLong) {
            return ((OptionalLong) value).isPresent() ? of(((OptionalLong) value).getAsLong()) : JsonNull.INSTANCE;
        }
        if (value instanceof OptionalDouble) {
            return ((OptionalDouble) value).isPresent()
                    ? of(((OptionalDouble) value).getAsDouble())
                    : JsonNull.INSTANCE;
        }
        if (value instanceof Map) {
            Map<String, JsonElement> fields = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, item) -> fields.put(keyOf(key), of(item)));
            return new JsonObject(fields);
        }
        if (value.getClass().isArray()) return array(value);
        // A path is an Iterable of its parts.
        boolean isList = value instanceof Collection || (value instanceof Iterable && !isForeign(value));
        if (!isList) return isForeign(value) ? foreign(value) : object(value);
        List<JsonElement> items = new ArrayList<>();
        for (Object item : (Iterable<?>) value) items.add(of(item));
        return new JsonArray(items);
    }

    private JsonArray array(Object value) {
        List<JsonElement> items = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) items.add(of(Array.get(value, i)));
        return new JsonArray(items);
    }

    private static boolean isForeign(Object value) {
        String name = value.getClass().getName();
        return name.startsWith("java.") || name.startsWith("sun.") || name.startsWith("j$.");
    }

    private JsonElement foreign(Object value) {
        if (value instanceof Year) return of(((Year) value).getValue());
        // Leaves no seconds out, which date-time must have.
        if (value instanceof OffsetDateTime)
            return text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((OffsetDateTime) value));
        try {
            if (value.getClass().getMethod("toString").getDeclaringClass() != Object.class)
                return text(value.toString());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        throw nothingToShow(value);
    }

    private JsonElement object(Object value) {
        Class<?> type = value.getClass();
        Map<String, Property> properties = known.computeIfAbsent(type, Written::shown);
        Map<String, JsonElement> fields = new LinkedHashMap<>();
        if (isCase(type)) fields.put(ObjectShape.CASE, text(Cases.nameOf(type)));
        properties.forEach((name, property) -> fields.put(name, of(property.get(value))));
        if (fields.isEmpty() && Newer.componentsOf(type) == null) throw nothingToShow(value);
        return new JsonObject(fields);
    }

    private static Map<String, Property> shown(Class<?> type) {
        Map<String, Property> properties = new LinkedHashMap<>();
        for (Property each : Property.of(type)) {
            if (each.isReadable()) properties.put(each.marks().name(each.name), each);
        }
        return properties;
    }

    /** Whether it is one of the classes of a sealed type. */
    private static boolean isCase(Class<?> type) {
        for (Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
            if (Newer.permittedBy(each) != null || isCase(each)) return true;
        }
        for (Class<?> each : type.getInterfaces()) if (Newer.permittedBy(each) != null || isCase(each)) return true;
        return false;
    }

    private static IllegalArgumentException nothingToShow(Object value) {
        return new IllegalArgumentException("a " + value.getClass().getName()
                + " has nothing to show as JSON: give it getters or public fields, make it a record, or give text");
    }

    private static String keyOf(@Nullable Object key) {
        return key instanceof Enum ? Scalar.marksOf((Enum<?>) key).name(((Enum<?>) key).name()) : String.valueOf(key);
    }

    private static JsonElement number(Number value) {
        double size = value instanceof Double || value instanceof Float ? value.doubleValue() : 0;
        boolean isPlain = !Double.isNaN(size) && !Double.isInfinite(size);
        return isPlain ? JsonElementKt.JsonPrimitive(value) : text(value.toString());
    }

    private static JsonElement text(String value) {
        return JsonElementKt.JsonPrimitive(value);
    }
}
