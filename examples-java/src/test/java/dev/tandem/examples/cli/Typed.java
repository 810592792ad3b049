package dev.tandem.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.examples.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** What came of a command line that was run in this process, in a pipe. */
record Typed(int exit, String out, String err) {
    static Typed run(String... words) {
        return run("", Map.of(), words);
    }

    /** In a pipe, where no control character may come. */
    static Typed run(String input, Map<String, String> environment, String... words) {
        Typed typed = run(input, environment, stream -> false, words);
        assertPlain(typed.out.getBytes(StandardCharsets.UTF_8));
        assertPlain(typed.err.getBytes(StandardCharsets.UTF_8));
        return typed;
    }

    static Typed run(String input, Map<String, String> environment, IntPredicate isTerminal, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                isTerminal,
                new Shell.Launch(List.of("tandem"), List.of(words)));
        int exit = Tandem.run(shell, words);
        return new Typed(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** In a pipe nothing moves a cursor: of all control characters only ends of lines. */
    static void assertPlain(byte[] bytes) {
        for (byte b : bytes) {
            assertTrue(
                    b < 0 || (b >= ' ' && b != 0x7f) || b == '\n',
                    () -> "control character " + b + " in " + new String(bytes, StandardCharsets.UTF_8));
        }
    }

    Typed ends(int expected) {
        assertEquals(expected, exit, toString());
        return this;
    }

    /** On the error stream. */
    Typed complains(String text) {
        assertTrue(err.contains(text), () -> text + " is not in " + err);
        return this;
    }

    /** On standard output. */
    Typed says(String text) {
        assertTrue(out.contains(text), () -> text + " is not in " + out);
        return this;
    }
}
