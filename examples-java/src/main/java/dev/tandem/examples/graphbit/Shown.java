package dev.tandem.examples.graphbit;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line for each function: what it is called there, and what comes of ours. */
record Shown(PrintStream out) {
    void line(String there, @Nullable Object... here) {
        out.println(Arrays.stream(here).map(String::valueOf).collect(Collectors.joining(", ", there + ": ", "")));
    }
}
