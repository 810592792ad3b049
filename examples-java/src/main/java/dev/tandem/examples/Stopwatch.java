package dev.tandem.examples;

import java.util.Locale;

/** Prints itself as the time since it was started. */
public final class Stopwatch {
    private final long startedNanos = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f ms", (System.nanoTime() - startedNanos) / 1e6);
    }
}
