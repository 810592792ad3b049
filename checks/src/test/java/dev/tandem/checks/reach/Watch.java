package dev.tandem.checks.reach;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Loads our classes anew, so that what they look up is written down. All others are the ones that everybody has. */
final class Watch extends ClassLoader {
    private static final String OURS = "dev.tandem.";
    private static final String CHECKS = "dev.tandem.checks.";
    private static final String PROGRAM = Exercise.class.getName();

    static {
        registerAsParallelCapable();
    }

    Watch(ClassLoader parent) {
        super(parent);
    }

    /** Classes of the program that uses ours, and what is made of them. */
    static boolean isUsers(String name) {
        return name.startsWith(CHECKS);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean isWatched = name.startsWith(OURS) && (!name.startsWith(CHECKS) || name.startsWith(PROGRAM));
        if (!isWatched) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : watched(name);
        }
    }

    private Class<?> watched(String name) throws ClassNotFoundException {
        try (InputStream original = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (original == null) throw new ClassNotFoundException(name);
            byte[] bytes = original.readAllBytes();
            if (!name.startsWith(PROGRAM)) bytes = Rewriting.rewritten(bytes);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
