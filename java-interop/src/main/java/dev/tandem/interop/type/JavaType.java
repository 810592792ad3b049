package dev.tandem.interop.type;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type whose variables are filled in: {@code Page<City>}. An array has what it is an array of as its only argument. */
final class JavaType {
    /** Nobody writes such, but {@code class Node<T> { Node<List<T>> next; }} goes on for ever. */
    private static final int MOST_BRACKETS = 12;

    final Class<?> raw;
    final List<JavaType> arguments;

    /** Whether null is one of its values. No part of what it is equal to. */
    final boolean isNullable;

    private final int brackets;

    private JavaType(Class<?> raw, List<JavaType> arguments, boolean isNullable) {
        this.raw = raw;
        this.arguments = arguments;
        this.isNullable = isNullable;
        brackets = 1 + arguments.stream().mapToInt(a -> a.brackets).max().orElse(0);
        if (brackets > MOST_BRACKETS) throw new IllegalArgumentException("its type arguments grow for ever");
    }

    static JavaType of(Type type) {
        return of(type, Notes.NONE, new HashMap<>());
    }

    /** {@code notes} are those on {@code type}, as far as the platform shows them; {@code known} is what variables stand for. */
    static JavaType of(Type type, Notes notes, Map<TypeVariable<?>, JavaType> known) {
        if (type instanceof Class) {
            Class<?> raw = (Class<?>) type;
            return raw.isArray()
                    ? arrayOf(of(raw.getComponentType(), notes.ofItem(), known), notes)
                    : new JavaType(raw, new ArrayList<>(), notes.isNullable());
        }
        if (type instanceof ParameterizedType) {
            Type[] written = ((ParameterizedType) type).getActualTypeArguments();
            List<JavaType> arguments = new ArrayList<>();
            for (int i = 0; i < written.length; i++) arguments.add(of(written[i], notes.ofArgument(i), known));
            return new JavaType((Class<?>) ((ParameterizedType) type).getRawType(), arguments, notes.isNullable());
        }
        if (type instanceof GenericArrayType) {
            return arrayOf(of(((GenericArrayType) type).getGenericComponentType(), notes.ofItem(), known), notes);
        }
        if (type instanceof WildcardType) {
            Type[] lower = ((WildcardType) type).getLowerBounds();
            Type bound = lower.length > 0 ? lower[0] : ((WildcardType) type).getUpperBounds()[0];
            return of(bound, notes.ofBound(lower.length > 0), known);
        }
        JavaType bound = type instanceof TypeVariable ? known.get((TypeVariable<?>) type) : null;
        if (bound == null) throw open(type.toString());
        return notes.isNullable() ? bound.orNull() : bound;
    }

    private static JavaType arrayOf(JavaType item, Notes notes) {
        Class<?> raw = Array.newInstance(item.raw, 0).getClass();
        return new JavaType(raw, Arrays.asList(item), notes.isNullable());
    }

    private static IllegalArgumentException open(String variable) {
        return new IllegalArgumentException("it is open what " + variable
                + " stands for: name the type with its arguments, as in new TypeRef<Page<City>>() {}");
    }

    JavaType orNull() {
        return isNullable ? this : new JavaType(raw, arguments, true);
    }

    JavaType argument(int index) {
        if (arguments.size() > index) return arguments.get(index);
        throw open(raw.getTypeParameters()[index].getName() + " of " + raw.getSimpleName());
    }

    /** What the variables of this class and of all above it stand for. */
    Map<TypeVariable<?>, JavaType> variables() {
        Map<TypeVariable<?>, JavaType> known = new HashMap<>();
        TypeVariable<?>[] own = raw.getTypeParameters();
        for (int i = 0; i < arguments.size() && i < own.length; i++) known.put(own[i], arguments.get(i));
        addAbove(raw, known);
        return known;
    }

    private static void addAbove(Class<?> type, Map<TypeVariable<?>, JavaType> known) {
        for (Type above : typesAbove(type)) {
            Class<?> raw = (Class<?>) (above instanceof Class ? above : ((ParameterizedType) above).getRawType());
            TypeVariable<?>[] variables = raw.getTypeParameters();
            Type[] passed = above instanceof ParameterizedType
                    ? ((ParameterizedType) above).getActualTypeArguments()
                    : new Type[0];
            for (int i = 0; i < passed.length; i++) {
                // What is open here may never be asked for.
                if (!(passed[i] instanceof TypeVariable) || known.containsKey((TypeVariable<?>) passed[i])) {
                    known.put(variables[i], of(passed[i], Notes.NONE, known));
                }
            }
            addAbove(raw, known);
        }
    }

    private static List<Type> typesAbove(Class<?> type) {
        List<Type> above = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) above.add(type.getGenericSuperclass());
        return above;
    }

    /** {@code extending} with such arguments as make it one of these. */
    JavaType narrowedTo(Class<?> extending) {
        TypeVariable<?>[] wanted = extending.getTypeParameters();
        if (wanted.length == 0) return new JavaType(extending, new ArrayList<>(), false);
        Map<Type, JavaType> found = new HashMap<>();
        for (Type type : typesAbove(extending)) {
            if (!(type instanceof ParameterizedType) || ((ParameterizedType) type).getRawType() != raw) continue;
            Type[] passed = ((ParameterizedType) type).getActualTypeArguments();
            for (int i = 0; i < passed.length; i++) found.put(passed[i], argument(i));
        }
        List<JavaType> arguments = new ArrayList<>();
        for (TypeVariable<?> variable : wanted) {
            @Nullable JavaType known = found.get(variable);
            if (known == null) throw open(variable.getName() + " of " + extending.getSimpleName());
            arguments.add(known);
        }
        return new JavaType(extending, arguments, false);
    }

    /** For schemas, so of letters, digits and {@code _} only: {@code Page_City}. */
    String plainName() {
        String own = raw.isArray() ? "Array" : raw.getSimpleName().replaceAll("[^A-Za-z0-9_]", "_");
        return arguments.stream().map(a -> "_" + a.plainName()).collect(Collectors.joining("", own, ""));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JavaType
                && raw == ((JavaType) other).raw
                && arguments.equals(((JavaType) other).arguments)
                && nullables().equals(((JavaType) other).nullables());
    }

    private List<Boolean> nullables() {
        return arguments.stream().map(a -> a.isNullable).collect(Collectors.toList());
    }

    @Override
    public int hashCode() {
        return 31 * raw.hashCode() + arguments.hashCode();
    }

    @Override
    public String toString() {
        if (raw.isArray()) return arguments.get(0) + "[]";
        if (arguments.isEmpty()) return raw.getSimpleName();
        return arguments.stream()
                .map(JavaType::toString)
                .collect(Collectors.joining(", ", raw.getSimpleName() + "<", ">"));
    }
}
