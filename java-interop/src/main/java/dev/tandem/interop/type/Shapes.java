package dev.tandem.interop.type;

import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the shape of a type, and of all types that it consists of. */
final class Shapes {
    private static final Pattern NOT_YOURS = Pattern.compile("(javax?|kotlinx?|android|sun|jdk)\\..*");

    private final Map<JavaType, Shape> known = new HashMap<>();

    /** {@code where} is how messages call it. */
    Shape of(JavaType type, String where) {
        Shape shape = known.get(type);
        if (shape == null) shape = at(where, () -> make(type, where));
        if (shape instanceof Referable) ((Referable) shape).uses++;
        return type.isNullable ? shape.orNull() : shape;
    }

    /** What is wrong there is told with the place, once. */
    <T> T at(String where, Supplier<T> work) {
        try {
            return work.get();
        } catch (Unfit e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new Unfit(where + ": " + e.getMessage(), e);
        }
    }

    private Shape make(JavaType type, String where) {
        Class<?> raw = type.raw;
        Shape open = Anything.of(raw);
        if (open != null) return open;
        Shape single = Scalar.of(raw);
        if (single != null) return single;
        Shape optional = optional(type, where);
        if (optional != null) return optional;
        Function<List<@Nullable Object>, Object> list = ListShape.makerOf(type);
        if (list != null) return new ListShape(of(type.argument(0), where), list);
        Function<Map<Object, @Nullable Object>, Object> map = MapShape.makerOf(type);
        if (map != null) {
            Scalar key = key(type.argument(0));
            Shape value = of(type.argument(1), where);
            // Written for each of its keys, where they are known.
            return new MapShape(key, key.choices() > 1 ? of(type.argument(1), where) : value, map);
        }
        if (raw.isPrimitive() || NOT_YOURS.matcher(raw.getName()).matches()) {
            throw new IllegalArgumentException("it is not known how a " + raw.getName()
                    + " looks as JSON: use text, a number, a list or a map, or a record or class of yours");
        }
        return ours(type, where);
    }

    private @Nullable Shape optional(JavaType type, String where) {
        Class<?> raw = type.raw;
        if (raw == Optional.class) return of(type.argument(0), where).orNull(Optional.empty(), Optional::of);
        if (raw == OptionalInt.class) {
            return single(int.class).orNull(OptionalInt.empty(), value -> OptionalInt.of((Integer) value));
        }
        if (raw == OptionalLong.class) {
            return single(long.class).orNull(OptionalLong.empty(), value -> OptionalLong.of((Long) value));
        }
        if (raw != OptionalDouble.class) return null;
        return single(double.class).orNull(OptionalDouble.empty(), value -> OptionalDouble.of((Double) value));
    }

    private Shape single(Class<?> type) {
        return of(JavaType.of(type), type.getName());
    }

    private static Scalar key(JavaType type) {
        Scalar key = Scalar.of(type.raw);
        if (key != null) return key;
        throw new IllegalArgumentException("the keys of a map are text in JSON, but a " + type
                + " is no text, number, enum, date or time: use a list of pairs");
    }

    private Shape ours(JavaType type, String where) {
        Class<?> raw = type.raw;
        boolean isAbstract = Modifier.isAbstract(raw.getModifiers());
        Class<?> @Nullable [] permitted = Newer.permittedBy(raw);
        if (permitted != null) return cases(type, isAbstract, permitted, where);
        if (isAbstract) {
            throw new IllegalArgumentException(type
                    + " is abstract and not sealed, so nobody knows which classes there are: seal it (Java 17, Android 14 and newer"
                    + " tell that), or name one of them");
        }
        boolean isStatic = Modifier.isStatic(raw.getModifiers()) || Newer.componentsOf(raw) != null;
        if (!isStatic && (raw.isMemberClass() || raw.isLocalClass() || raw.isAnonymousClass())) {
            throw new IllegalArgumentException(raw.getSimpleName() + " is an inner class: make it static, or a record");
        }
        ObjectShape shape = new ObjectShape(type);
        known.put(type, shape);
        Members.fill(shape, this, where);
        return shape;
    }

    private Shape cases(JavaType type, boolean isAbstract, Class<?>[] permitted, String where) {
        Cases shape = new Cases(type);
        known.put(type, shape);
        if (!isAbstract) add(shape, type, where);
        addTo(shape, type, permitted, where);
        return shape;
    }

    private void addTo(Cases cases, JavaType sealed, Class<?>[] permitted, String where) {
        for (Class<?> each : permitted) {
            if (!cases.isFirst(each)) continue;
            String place =
                    where.equals(sealed.toString()) ? each.getSimpleName() : where + "(" + each.getSimpleName() + ")";
            at(place, () -> {
                JavaType type = sealed.narrowedTo(each);
                Class<?> @Nullable [] more = each.isEnum() ? null : Newer.permittedBy(each);
                boolean isAbstract = Modifier.isAbstract(each.getModifiers());
                if (each.isEnum() || (isAbstract && more == null)) {
                    throw new IllegalArgumentException("the classes of the sealed " + cases.type
                            + " must be records or classes, or sealed themselves, which " + each.getSimpleName()
                            + " is not");
                }
                if (!isAbstract) add(cases, type, place);
                if (more != null) addTo(cases, type, more, place);
                return cases;
            });
        }
    }

    private void add(Cases cases, JavaType type, String where) {
        ObjectShape shape = new ObjectShape(type);
        Members.fill(shape, this, where);
        cases.add(shape);
    }

    /** Already says where. */
    private static final class Unfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Unfit(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
