package dev.tandem.interop.type;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What only newer platforms tell of classes: records (Java 16, Android 14), sealed types (Java 17, Android 14), parameters and
 * annotated types (Android 8). Elsewhere it is as if nothing had been written there.
 */
@MissingOnOld
final class Newer {
    private Newer() {}

    /** The components' names in their order; null if it is no record, or cannot be told to be one. */
    static @Nullable List<String> componentsOf(Class<?> type) {
        Object components = asked(type, "getRecordComponents");
        if (components == null) return null;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Array.getLength(components); i++) {
            names.add(String.valueOf(asked(Array.get(components, i), "getName")));
        }
        return names;
    }

    /** The classes that may extend this one; null if it is not sealed, or cannot be told to be. */
    static Class<?> @Nullable [] permittedBy(Class<?> type) {
        return (Class<?>[]) asked(type, "getPermittedSubclasses");
    }

    private static @Nullable Object asked(Object whom, String question) {
        try {
            return whom.getClass().getMethod(question).invoke(whom);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    /** A path of files (Android 8). */
    static boolean isPath(Object value) {
        try {
            return value instanceof Path;
        } catch (LinkageError e) {
            return false;
        }
    }

    static Notes notesOf(Field field) {
        return orNone(() -> new Notes(field.getAnnotatedType()));
    }

    static Notes notesOfResult(Method method) {
        return orNone(() -> new Notes(method.getAnnotatedReturnType()));
    }

    static Notes notesOf(Method method, int parameter) {
        return orNone(() -> new Notes(method.getAnnotatedParameterTypes()[parameter]));
    }

    static Notes notesOf(Constructor<?> constructor, int parameter) {
        return orNone(() -> new Notes(constructor.getAnnotatedParameterTypes()[parameter]));
    }

    private static Notes orNone(Supplier<Notes> notes) {
        try {
            return notes.get();
        } catch (LinkageError e) {
            return Notes.NONE;
        }
    }

    /** Null where it was not compiled in. */
    static @Nullable String nameOf(Method method, int parameter) {
        return named(() -> method.getParameters()[parameter]);
    }

    /** Null where it was not compiled in. */
    static @Nullable String nameOf(Constructor<?> constructor, int parameter) {
        return named(() -> constructor.getParameters()[parameter]);
    }

    private static @Nullable String named(Supplier<Parameter> parameter) {
        try {
            Parameter found = parameter.get();
            return found.isNamePresent() ? found.getName() : null;
        } catch (LinkageError e) {
            return null;
        }
    }
}
