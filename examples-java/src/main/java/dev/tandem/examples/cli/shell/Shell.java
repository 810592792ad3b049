package dev.tandem.examples.cli.shell;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a command sees of the world.
 *
 * @param isTerminal whether a stream, by its number, is a terminal
 * @param launch what the command line is started again with
 */
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        IntPredicate isTerminal,
        Launch launch) {
    public static final int IN = 0;
    public static final int OUT = 1;
    public static final int ERR = 2;
    private static final int USUAL_WIDTH = 80;

    /** This process's own. */
    public static Shell ofProcess(String[] arguments) {
        return new Shell(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Shell::isTerminalOfProcess,
                Launch.ofProcess(arguments));
    }

    /** Empty where it is not set, or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Whether a line on that stream may be written over. */
    public boolean isScreen(int stream) {
        return isTerminal.test(stream) && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether letters may be bold. */
    public boolean isColorful(int stream) {
        return isScreen(stream) && variable("NO_COLOR").isEmpty();
    }

    /** Columns of the terminal. */
    public int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException | NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    /** Java knows only whether all streams are terminals. Where there is no {@code test}, none is. */
    private static boolean isTerminalOfProcess(int stream) {
        try {
            Process test = new ProcessBuilder("test", "-t", Integer.toString(stream))
                    .inheritIO()
                    .start();
            return test.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is typed to run the same once more. */
    public record Launch(List<String> program, List<String> arguments) {
        /** A script that starts it says its own name by {@code -Dtandem.command}. */
        static Launch ofProcess(String[] arguments) {
            List<String> typed = List.of(arguments);
            String script = System.getProperty("tandem.command");
            if (script != null) return new Launch(List.of(script), typed);
            return new Launch(javaOf(typed), typed);
        }

        /** The same with {@code option} behind the name of the command. */
        public String with(String command, String option) {
            List<String> words = new ArrayList<>(program);
            words.addAll(arguments);
            if (!arguments.contains(option)) {
                words.add(program.size() + arguments.indexOf(command) + 1, option);
            }
            return Words.line(words);
        }

        private static List<String> javaOf(List<String> typed) {
            ProcessHandle.Info info = ProcessHandle.current().info();
            List<String> words = List.of(info.arguments().orElse(new String[0]));
            int own = words.size() - typed.size();
            List<String> program = new ArrayList<>(List.of(info.command().orElse("java")));
            if (own > 0 && words.subList(own, words.size()).equals(typed)) {
                program.addAll(words.subList(0, own));
            } else {
                program.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.tandem.examples.cli.Tandem"));
            }
            return program;
        }
    }
}
