package dev.tandem.interop.type;

import dev.tandem.structured.AnswerType;
import java.lang.ref.SoftReference;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import kotlinx.serialization.json.JsonElement;
import org.jspecify.annotations.Nullable;

/**
 * Types of Java as what an answer is to be. Known are records, classes with one public constructor, beans, enums, sealed
 * types, lists, sets, maps, arrays, {@code Optional}, {@code java.time}, texts, numbers and booleans, and {@code Object} as
 * whatever comes.
 *
 * <p>Whatever is not {@code @Nullable}, {@code Optional}, {@code @Param(required = false)} or set by the class itself must be
 * there. Any {@code @Nullable} counts that is kept at run time, such as those of JSpecify, Jakarta, {@code javax.annotation},
 * Checker and Spring. Those of JetBrains and AndroidX are not, so they say nothing here: write one of the others, or
 * {@code @Param(required = false)}, or make it {@code Optional}. What cannot be said in JSON is refused with an {@link IllegalArgumentException} that names the member.
 * What has been found out about a class is kept as long as there is memory for it.
 */
public final class JavaTypes {
    private static final Map<Class<?>, SoftReference<AnswerType<?>>> KNOWN =
            Collections.synchronizedMap(new WeakHashMap<>());

    private JavaTypes() {}

    /** For classes without type arguments; those with are named by a {@link TypeRef}. */
    @SuppressWarnings("unchecked")
    public static <T> AnswerType<T> of(Class<T> type) {
        SoftReference<AnswerType<?>> kept = KNOWN.get(type);
        AnswerType<?> known = kept == null ? null : kept.get();
        if (known == null) {
            known = Typed.of(type);
            KNOWN.put(type, new SoftReference<>(known));
        }
        return (AnswerType<T>) known;
    }

    /** For types that are not known before the program runs. Those that are have a {@link TypeRef}. */
    public static AnswerType<Object> of(Type type) {
        return Typed.of(type);
    }

    /** The arguments of a method under the names of its parameters. {@code holder} is the class that has or inherits it. */
    public static AnswerType<@Nullable Object[]> argumentsOf(Method method, Class<?> holder) {
        String where = holder.getSimpleName() + "." + method.getName();
        ObjectShape shape = new ObjectShape(JavaType.of(Object[].class));
        Shapes shapes = new Shapes();
        shapes.at(where, () -> {
            Members.fill(shape, Property.reached(method), holder, shapes, where);
            return shape;
        });
        return new Typed<>(method.getName(), shape);
    }

    /**
     * A value of any such type as JSON. Null is {@code null}, text is in quotes, and a {@code Date} is its instant. What
     * contains itself, or is of a class of Java's own that is no value, is refused with an {@link IllegalArgumentException}
     * that says where.
     */
    public static String toJson(@Nullable Object value) {
        try {
            return json(value).toString();
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    static JsonElement json(@Nullable Object value) {
        try {
            return new Written().of(value);
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    private static Misfit tooDeep() {
        return new Misfit("is nested too deep to be written", null);
    }
}
