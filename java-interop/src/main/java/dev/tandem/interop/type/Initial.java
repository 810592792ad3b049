package dev.tandem.interop.type;

import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonNull;
import org.jspecify.annotations.Nullable;

/** What a new object has in one place by itself. */
final class Initial {
    static final Initial NONE = new Initial(false, null);

    /** Whether that is more than null, or the zero that Java puts there. */
    final boolean isSet;

    /** Null also where it cannot be told beforehand, being another for each object, or for each day. */
    final @Nullable JsonElement json;

    private Initial(boolean isSet, @Nullable JsonElement json) {
        this.isSet = isSet;
        this.json = json;
    }

    /** As two of them tell. What cannot be read from a new object is nothing that is known of it. */
    static Initial of(Property property, Object one, Object other) {
        if (!property.isReadable()) return NONE;
        Object value;
        try {
            value = property.get(one);
        } catch (RuntimeException e) {
            return NONE;
        }
        boolean isPrimitive = property.type() instanceof Class && ((Class<?>) property.type()).isPrimitive();
        if (value == null || (isPrimitive && isZero(value))) return NONE;
        JsonElement json;
        try {
            Written written = new Written();
            json = written.of(value);
            if (written.tellsTime() || !json.equals(new Written().of(property.get(other)))) json = null;
        } catch (RuntimeException | StackOverflowError e) {
            json = null;
        }
        return json instanceof JsonNull ? NONE : new Initial(true, json);
    }

    private static boolean isZero(Object value) {
        return value.equals(false)
                || (value instanceof Number && ((Number) value).doubleValue() == 0)
                || (value instanceof Character && (Character) value == 0);
    }
}
