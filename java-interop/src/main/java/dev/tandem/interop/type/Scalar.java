package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** A single text, number or boolean. */
final class Scalar extends Shape {
    /** Longer numbers, or with more zeros, take for ever to compute with. */
    private static final int MOST_DIGITS = 10_000;

    private static final Map<Class<?>, Scalar> KNOWN = new HashMap<>();

    static {
        number("a number", Schema.number(), Scalar::decimal, BigDecimal.class);
        number("a number that a double can hold", Schema.number(), Scalar::doubleOf, double.class, Double.class);
        number("a number that a float can hold", Schema.number(), Scalar::floatOf, float.class, Float.class);
        number("an integer", Schema.integer(), Scalar::integer, BigInteger.class);
        number(range(Long.MIN_VALUE, Long.MAX_VALUE), text -> decimal(text).longValueExact(), long.class, Long.class);
        number(
                range(Integer.MIN_VALUE, Integer.MAX_VALUE),
                text -> decimal(text).intValueExact(),
                int.class,
                Integer.class);
        // Few have such, so the schema says it too: a description of each int is more than it is worth.
        number(
                range(Short.MIN_VALUE, Short.MAX_VALUE),
                bounded(Short.MIN_VALUE, Short.MAX_VALUE),
                text -> decimal(text).shortValueExact(),
                short.class,
                Short.class);
        number(
                range(Byte.MIN_VALUE, Byte.MAX_VALUE),
                bounded(Byte.MIN_VALUE, Byte.MAX_VALUE),
                text -> decimal(text).byteValueExact(),
                byte.class,
                Byte.class);
        number("true or false", Schema.bool(), Scalar::bool, boolean.class, Boolean.class);
        text(String.class, "text", Schema.text(), text -> text);
        text(CharSequence.class, "text", Schema.text(), text -> text);
        Scalar character = text(char.class, "a single character", hinted("a single character"), Scalar::character);
        KNOWN.put(Character.class, character);
        text(UUID.class, "a UUID", Schema.text("uuid"), UUID::fromString);
        text(URI.class, "a URI", hinted("a URI"), URI::create);
        try {
            Times.addTo(KNOWN);
        } catch (LinkageError e) {
            // An old Android without what the build tools bring: nobody there has a class with such a member.
        }
    }

    private final JsonObject schema;
    private final boolean isText;
    private final String expected;
    private final Function<String, Object> parse;

    Scalar(String expected, JsonObject schema, boolean isText, Function<String, Object> parse) {
        this.schema = schema;
        this.isText = isText;
        this.expected = expected;
        this.parse = parse;
    }

    /** Null for a class that is no such. */
    static @Nullable Scalar of(Class<?> type) {
        return type.isEnum() ? ofEnum(type) : KNOWN.get(type);
    }

    private static Scalar ofEnum(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        StringBuilder meanings = new StringBuilder(Marks.of(type).description());
        for (Object constant : type.getEnumConstants()) {
            Marks marks = marksOf((Enum<?>) constant);
            String name = marks.name(((Enum<?>) constant).name());
            if (constants.put(name, constant) != null) {
                throw new IllegalArgumentException(
                        "two constants of " + type.getSimpleName() + " are named '" + name + "'");
            }
            if (marks.description().isEmpty()) continue;
            meanings.append(meanings.length() == 0 ? "" : "; ").append(name + ": " + marks.description());
        }
        if (constants.isEmpty())
            throw new IllegalArgumentException(type.getSimpleName() + " has no constants to choose from");
        JsonObject schema = Schema.oneOf(constants.keySet().stream().collect(Collectors.toList()));
        String expected = "one of " + constants.keySet().stream().collect(Collectors.joining(", "));
        return new Scalar(expected, Schema.described(schema, meanings.toString()), true, text -> {
            Object constant = constants.get(text);
            if (constant == null) throw new IllegalArgumentException("no such constant: " + text);
            return constant;
        });
    }

    static Marks marksOf(Enum<?> constant) {
        try {
            Field field = constant.getDeclaringClass().getField(constant.name());
            return Marks.of(field);
        } catch (NoSuchFieldException e) {
            return Marks.of();
        }
    }

    @Override
    JsonObject schema(Definitions definitions) {
        return schema;
    }

    boolean isText() {
        return isText;
    }

    boolean isAnyText() {
        return schema.equals(Schema.text());
    }

    /** How its values are called. */
    String expected() {
        return expected;
    }

    /** How many values there are, if they are told one by one; 0 if not. */
    int choices() {
        JsonElement choices = schema.get("enum");
        return choices instanceof JsonArray ? ((JsonArray) choices).size() : 0;
    }

    @Override
    Object read(JsonElement json) {
        boolean isOfKind = json instanceof JsonPrimitive
                && !(json instanceof JsonNull)
                && ((JsonPrimitive) json).isString() == isText;
        if (!isOfKind) throw Misfit.of(expected, json, null);
        try {
            return parse.apply(((JsonPrimitive) json).getContent());
        } catch (RuntimeException e) {
            throw Misfit.of(expected, json, e);
        }
    }

    /** As the key of a map, which is text in any case. */
    Object readKey(String key) {
        try {
            return parse.apply(key);
        } catch (RuntimeException e) {
            throw new Misfit("the key must be " + expected + ", but is '" + Misfit.shortened(key) + "'", e);
        }
    }

    /** Text that is described, since JSON Schema has no name for it. */
    static JsonObject hinted(String what) {
        return Schema.described(Schema.text(), what);
    }

    private static Scalar text(Class<?> type, String expected, JsonObject schema, Function<String, Object> parse) {
        Scalar scalar = new Scalar(expected, schema, true, parse);
        KNOWN.put(type, scalar);
        return scalar;
    }

    private static void number(String range, Function<String, Object> parse, Class<?>... types) {
        number(range, Schema.integer(), parse, types);
    }

    private static void number(String expected, JsonObject schema, Function<String, Object> parse, Class<?>... types) {
        Scalar scalar = new Scalar(expected, schema, false, parse);
        for (Class<?> type : types) KNOWN.put(type, scalar);
    }

    private static String range(long low, long high) {
        return "an integer from " + low + " to " + high;
    }

    private static JsonObject bounded(int low, int high) {
        Map<String, JsonElement> schema = new LinkedHashMap<>(Schema.integer());
        schema.put("minimum", JsonElementKt.JsonPrimitive(low));
        schema.put("maximum", JsonElementKt.JsonPrimitive(high));
        return new JsonObject(schema);
    }

    static BigDecimal decimal(String text) {
        if (text.length() > MOST_DIGITS) throw new ArithmeticException("too many digits");
        return new BigDecimal(text);
    }

    private static BigInteger integer(String text) {
        BigDecimal decimal = decimal(text);
        if (decimal.scale() < -MOST_DIGITS || decimal.scale() > MOST_DIGITS)
            throw new ArithmeticException("too many zeros");
        return decimal.toBigIntegerExact();
    }

    private static double doubleOf(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value) || Double.isNaN(value)) throw new ArithmeticException("out of range");
        return value;
    }

    private static float floatOf(String text) {
        float value = Float.parseFloat(text);
        if (Float.isInfinite(value) || Float.isNaN(value)) throw new ArithmeticException("out of range");
        return value;
    }

    private static boolean bool(String text) {
        if (text.equals("true")) return true;
        if (text.equals("false")) return false;
        throw new IllegalArgumentException("neither true nor false");
    }

    private static char character(String text) {
        if (text.length() != 1) throw new IllegalArgumentException("not one character");
        return text.charAt(0);
    }
}
