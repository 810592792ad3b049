package dev.tandem.checks.reach;

import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Watch} puts in place of the JDK's methods of the same name: they do the same, and write it down. Each is told by
 * whom it is called, and at which {@code site}.
 */
public final class Lookups {
    static final Set<Lookup> FOUND = new ConcurrentSkipListSet<>();
    static final Set<String> SITES = new ConcurrentSkipListSet<>();

    private Lookups() {}

    public static Class<?> forName(String name, Class<?> caller, String site) throws ClassNotFoundException {
        // Also what is not there: a native image has to know that somebody asks.
        found(caller, site, Lookup.Kind.CLASS, name, "");
        return Class.forName(name, true, caller.getClassLoader());
    }

    public static Method getMethod(Class<?> type, String name, Class<?>[] parameters, Class<?> caller, String site)
            throws NoSuchMethodException {
        found(caller, site, Lookup.Kind.METHOD, type.getName(), name, parameters);
        return type.getMethod(name, parameters);
    }

    public static Method getDeclaredMethod(
            Class<?> type, String name, Class<?>[] parameters, Class<?> caller, String site)
            throws NoSuchMethodException {
        found(caller, site, Lookup.Kind.METHOD, type.getName(), name, parameters);
        return type.getDeclaredMethod(name, parameters);
    }

    public static Constructor<?> getDeclaredConstructor(
            Class<?> type, Class<?>[] parameters, Class<?> caller, String site) throws NoSuchMethodException {
        found(caller, site, Lookup.Kind.METHOD, type.getName(), "<init>", parameters);
        return type.getDeclaredConstructor(parameters);
    }

    public static Field getField(Class<?> type, String name, Class<?> caller, String site) throws NoSuchFieldException {
        found(caller, site, Lookup.Kind.FIELD, type.getName(), name);
        return type.getField(name);
    }

    public static Field getDeclaredField(Class<?> type, String name, Class<?> caller, String site)
            throws NoSuchFieldException {
        found(caller, site, Lookup.Kind.FIELD, type.getName(), name);
        return type.getDeclaredField(name);
    }

    public static Method[] getMethods(Class<?> type, Class<?> caller, String site) {
        all(site, type);
        return type.getMethods();
    }

    public static Method[] getDeclaredMethods(Class<?> type, Class<?> caller, String site) {
        all(site, type);
        return type.getDeclaredMethods();
    }

    public static Field[] getDeclaredFields(Class<?> type, Class<?> caller, String site) {
        all(site, type);
        return type.getDeclaredFields();
    }

    public static Constructor<?>[] getDeclaredConstructors(Class<?> type, Class<?> caller, String site) {
        all(site, type);
        return type.getDeclaredConstructors();
    }

    public static Object newInstance(Class<?> item, int length, Class<?> caller, String site) {
        found(caller, site, Lookup.Kind.CLASS, item.getTypeName() + "[]", "");
        return Array.newInstance(item, length);
    }

    public static @Nullable URL getResource(Class<?> type, String name, Class<?> caller, String site) {
        found(caller, site, Lookup.Kind.RESOURCE, fromRoot(type, name), "");
        return type.getResource(name);
    }

    public static @Nullable InputStream getResourceAsStream(Class<?> type, String name, Class<?> caller, String site) {
        found(caller, site, Lookup.Kind.RESOURCE, fromRoot(type, name), "");
        return type.getResourceAsStream(name);
    }

    public static @Nullable InputStream getResourceAsStream(
            ClassLoader loader, String name, Class<?> caller, String site) {
        found(caller, site, Lookup.Kind.RESOURCE, name, "");
        return loader.getResourceAsStream(name);
    }

    private static String fromRoot(Class<?> type, String name) {
        return name.startsWith("/") ? name.substring(1) : type.getPackageName().replace('.', '/') + '/' + name;
    }

    /** Our code asks for all members only of classes that users give to it. */
    private static void all(String site, Class<?> type) {
        if (!Watch.isUsers(type.getName())) throw new AssertionError(site + " asks for all members of " + type);
        SITES.add(site);
    }

    private static void found(
            Class<?> caller, String site, Lookup.Kind kind, String what, String member, Class<?>... parameters) {
        SITES.add(site);
        if (Watch.isUsers(what)) return;
        List<String> types = Arrays.stream(parameters).map(Class::getTypeName).toList();
        FOUND.add(new Lookup(caller.getName(), kind, what, member, types));
    }
}
