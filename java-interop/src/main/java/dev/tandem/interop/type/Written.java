package dev.tandem.interop.type;

import java.io.File;
import java.lang.reflect.Array;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Values as JSON: by what they are, not by what they are declared as. For one thread, once. */
final class Written {
    /** A kilobyte of stack for each, of the megabyte that threads have. */
    private static final int DEEPEST = 500;

    private static final Pattern FOREIGN = Pattern.compile("(javax?|jdk|sun|j\\$)\\.");

    private final Map<Class<?>, Map<String, Property>> known = new HashMap<>();

    /** Those that are being written, each within the one before it. */
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean tellsTime;

    /** Whether a day or a time was among what has been written. */
    boolean tellsTime() {
        return tellsTime;
    }

    JsonElement of(@Nullable Object value) {
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof JsonElement) return (JsonElement) value;
        if (value instanceof CharSequence || value instanceof Character) return text(value.toString());
        if (value instanceof Boolean) return JsonElementKt.JsonPrimitive((Boolean) value);
        if (value instanceof Number) return number((Number) value);
        if (value instanceof Enum) return text(keyOf(value));
        if (open.size() >= DEEPEST) {
            throw new Misfit("is deeper than " + DEEPEST + " levels: does a getter make a new object each time?", null);
        }
        if (!open.add(value)) throw new Misfit("is a value within itself, which JSON cannot say", null);
        try {
            return structured(value);
        } finally {
            open.remove(value);
        }
    }

    /** {@code step} leads there from what it is part of. */
    private JsonElement part(String step, @Nullable Object value) {
        try {
            return of(value);
        } catch (Misfit e) {
            throw e.within(step);
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
            ((Map<?, ?>) value).forEach((key, item) -> fields.put(keyOf(key), part("." + keyOf(key), item)));
            return new JsonObject(fields);
        }
        if (value.getClass().isArray()) return array(value);
        // A path is an Iterable of its parts.
        boolean isList = value instanceof Collection || (value instanceof Iterable && !isForeign(value));
        if (!isList) return isForeign(value) ? foreign(value) : object(value);
        List<JsonElement> items = new ArrayList<>();
        for (Object item : (Iterable<?>) value) items.add(part("[" + items.size() + "]", item));
        return new JsonArray(items);
    }

    private JsonArray array(Object value) {
        List<JsonElement> items = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) items.add(part("[" + i + "]", Array.get(value, i)));
        return new JsonArray(items);
    }

    private static boolean isForeign(Object value) {
        return FOREIGN.matcher(value.getClass().getName()).lookingAt() || Newer.isPath(value);
    }

    /** Those of Java's own classes whose text is all they are. That of others is for people who look for faults. */
    private JsonElement foreign(Object value) {
        Instant instant = instantOf(value);
        tellsTime |= instant != null || value instanceof Temporal || value instanceof MonthDay;
        if (instant != null) return text(instant.toString());
        if (value instanceof Year) return of(((Year) value).getValue());
        // Leaves no seconds out, which date-time must have.
        if (value instanceof OffsetDateTime)
            return text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((OffsetDateTime) value));
        boolean isTime =
                value instanceof TemporalAccessor || value instanceof TemporalAmount || value instanceof ZoneId;
        boolean isName = value instanceof UUID
                || value instanceof URI
                || value instanceof URL
                || value instanceof File
                || value instanceof Currency
                || value instanceof Locale
                || value instanceof Charset
                || value instanceof Pattern;
        if (isTime || isName || Newer.isPath(value)) return text(value.toString());
        throw new Misfit(
                "a " + value.getClass().getName()
                        + " has nothing to show as JSON: give its text, or the value that it stands for",
                null);
    }

    /** Of what {@code java.time} has replaced. Those of java.sql know no {@code toInstant}. */
    @SuppressWarnings("JavaUtilDate")
    private static @Nullable Instant instantOf(Object value) {
        if (value instanceof Date) return Instant.ofEpochMilli(((Date) value).getTime());
        return value instanceof Calendar ? Instant.ofEpochMilli(((Calendar) value).getTimeInMillis()) : null;
    }

    private JsonElement object(Object value) {
        Class<?> type = value.getClass();
        Map<String, Property> properties = known.computeIfAbsent(type, Written::shown);
        Map<String, JsonElement> fields = new LinkedHashMap<>();
        if (isCase(type)) fields.put(ObjectShape.CASE, text(Cases.nameOf(type)));
        properties.forEach((name, property) -> fields.put(name, part("." + name, property.get(value))));
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
    private static boolean isCase(@Nullable Class<?> type) {
        return type != null
                && (Newer.permittedBy(type) != null
                        || isCase(type.getSuperclass())
                        || Stream.of(type.getInterfaces()).anyMatch(Written::isCase));
    }

    private static Misfit nothingToShow(Object value) {
        return new Misfit(
                "a " + value.getClass().getName()
                        + " has nothing to show as JSON: give it getters or public fields, make it a record, or give text",
                null);
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
