package dev.tandem.interop.type;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one name stands for in an object: the field, and the public methods that read it and set it. */
final class Property {
    final String name;
    private @Nullable Field field;
    private @Nullable Method getter;
    private final List<Method> setters = new ArrayList<>();

    private Property(String name) {
        this.name = name;
    }

    /** In the order of their fields, inherited ones first, then those that have none. */
    static Collection<Property> of(Class<?> type) {
        Map<String, Property> all = new LinkedHashMap<>();
        boolean isRecord = Newer.componentsOf(type) != null;
        for (Class<?> each : lineOf(type)) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) continue;
                all.computeIfAbsent(isRecord ? field.getName() : nameOf(field, type), Property::new).field = field;
            }
        }
        Method[] methods = type.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName).thenComparing(Method::toString));
        for (Method method : methods) {
            boolean isOurs = !Modifier.isStatic(method.getModifiers())
                    && !method.isBridge()
                    && method.getDeclaringClass() != Object.class;
            if (isOurs) take(method, all, isRecord);
        }
        return all.values();
    }

    private static void take(Method method, Map<String, Property> all, boolean isRecord) {
        String called = method.getName();
        Class<?> result = method.getReturnType();
        int arguments = method.getParameterTypes().length;
        Property same = all.get(called);
        if (arguments == 0 && same != null && same.field != null && same.field.getType() == result) {
            if (same.getter == null) same.getter = method;
        } else if (isRecord) {
            return;
        } else if (arguments == 0 && result != void.class && rest(called, "get") != null) {
            all.computeIfAbsent(named(called, "get"), Property::new).getter = method;
        } else if (arguments == 0
                && (result == boolean.class || result == Boolean.class)
                && rest(called, "is") != null) {
            all.computeIfAbsent(named(called, "is"), Property::new).getter = method;
        } else if (arguments == 1 && rest(called, "set") != null) {
            all.computeIfAbsent(named(called, "set"), Property::new).setters.add(method);
        }
    }

    /** A field {@code isOpen} with a method {@code setOpen} is what that method sets, as Lombok and Kotlin have it. */
    private static String nameOf(Field field, Class<?> type) {
        String called = field.getName();
        Class<?> kind = field.getType();
        String rest = kind == boolean.class || kind == Boolean.class ? rest(called, "is") : null;
        if (rest == null || !has(type, "set" + rest, kind) || has(type, "setIs" + rest, kind)) return called;
        String named = named(called, "is");
        boolean isTaken = lineOf(type).stream()
                .flatMap(each -> Stream.of(each.getDeclaredFields()))
                .anyMatch(each -> each.getName().equals(named));
        return isTaken ? called : named;
    }

    private static boolean has(Class<?> type, String method, Class<?> parameter) {
        try {
            return !Modifier.isStatic(type.getMethod(method, parameter).getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static @Nullable String rest(String called, String prefix) {
        boolean hasMore = called.length() > prefix.length() && called.startsWith(prefix);
        return hasMore && !Character.isLowerCase(called.charAt(prefix.length()))
                ? called.substring(prefix.length())
                : null;
    }

    private static String named(String called, String prefix) {
        String rest = called.substring(prefix.length());
        boolean isAbbreviation = rest.length() > 1 && Character.isUpperCase(rest.charAt(1));
        return isAbbreviation ? rest : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
    }

    /** From the topmost class down. */
    private static List<Class<?>> lineOf(Class<?> type) {
        List<Class<?>> line = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) line.add(0, each);
        return line;
    }

    private boolean isPublicField() {
        return field != null && Modifier.isPublic(field.getModifiers());
    }

    private boolean isTransient() {
        return field != null && Modifier.isTransient(field.getModifiers());
    }

    boolean isReadable() {
        return !isTransient() && (getter != null || isPublicField());
    }

    boolean isWritable() {
        if (isTransient()) return false;
        return setter() != null || (isPublicField() && field != null && !Modifier.isFinal(field.getModifiers()));
    }

    /** Of several, the one that takes what the getter gives. */
    private @Nullable Method setter() {
        Class<?> type = getter != null ? getter.getReturnType() : field != null ? field.getType() : null;
        for (Method each : setters) if (setters.size() == 1 || each.getParameterTypes()[0] == type) return each;
        return null;
    }

    /** What may be set. */
    Type type() {
        Method setter = setter();
        if (setter != null) return setter.getGenericParameterTypes()[0];
        if (field == null) throw new IllegalStateException(name + " cannot be set");
        return field.getGenericType();
    }

    Notes notes() {
        Method setter = setter();
        return setter != null ? Newer.notesOf(setter, 0) : field != null ? Newer.notesOf(field) : Notes.NONE;
    }

    Marks marks() {
        Method setter = setter();
        Marks marks = Marks.of(field, getter, setter);
        if (setter != null) marks.add(Arrays.asList(setter.getParameterAnnotations()[0]));
        if (field != null) marks.add(Newer.notesOf(field).all());
        if (getter != null) marks.add(Newer.notesOfResult(getter).all());
        return marks;
    }

    @Nullable
    Object get(Object owner) {
        try {
            if (getter != null) return reached(getter).invoke(owner);
            return field == null ? null : reached(field).get(owner);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    owner.getClass().getSimpleName() + "." + name + " cannot be read", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(owner.getClass().getSimpleName() + "." + name + " cannot be read", e);
        }
    }

    void set(Object owner, @Nullable Object value) throws ReflectiveOperationException {
        Method setter = setter();
        if (setter != null) setter.invoke(owner, value);
        else if (field != null) field.set(owner, value);
    }

    void reach() {
        Method setter = setter();
        if (setter != null) reached(setter);
        else if (field != null) reached(field);
    }

    /** Also where its class is not public; not where a module keeps it for itself. */
    static <M extends AccessibleObject> M reached(M member) {
        try {
            member.setAccessible(true);
            return member;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "it cannot be reached: have the module open its package (opens … in module-info), or export it and make it"
                            + " public; " + e.getMessage(),
                    e);
        }
    }
}
