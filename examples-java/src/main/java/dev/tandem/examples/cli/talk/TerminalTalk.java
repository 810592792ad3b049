package dev.tandem.examples.cli.talk;

import dev.tandem.examples.cli.shell.Exit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** A talk at a terminal: lines can be edited and come back with the arrow keys; Ctrl-C gives up an answer, Ctrl-D ends. */
public final class TerminalTalk {
    private static final String HELP = """
            /reset        forgets all that was said
            /save FILE    writes the talk down
            /load FILE    goes on with one that was written down
            /model NAME   asks another model from now on
            /exit         ends, as Ctrl-D does; Ctrl-C gives up an answer""";

    private final Talk talk;
    private final PrintStream out;
    private final Consumer<RuntimeException> failure;

    public TerminalTalk(Talk talk, PrintStream out, Consumer<RuntimeException> failure) {
        this.talk = talk;
        this.out = out;
        this.failure = failure;
    }

    /** The exit code. {@code history} is made where it is not there. */
    public int run(Path history) throws IOException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).nativeSignals(true).build()) {
            terminal.handle(Signal.INT, signal -> talk.giveUp());
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("tandem")
                    .variable(LineReader.HISTORY_FILE, secret(history))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            out.println("/help says more, Ctrl-D ends.");
            while (goesOn(reader)) {
                // Until it ends.
            }
            return Exit.DONE;
        }
    }

    private boolean goesOn(LineReader reader) {
        try {
            String line = reader.readLine("> ").strip();
            if (line.equals("/exit")) return false;
            if (!line.isEmpty()) take(line);
        } catch (UserInterruptException e) {
            out.println("Ctrl-D ends.");
        } catch (EndOfFileException e) {
            return false;
        } catch (RuntimeException e) {
            failure.accept(e);
        }
        return true;
    }

    private void take(String line) {
        if (line.startsWith("/")) {
            command(line);
        } else if (!talk.ask(line)) {
            out.println("(given up; the talk goes on as if you had not asked)");
        }
    }

    private void command(String line) {
        String[] words = line.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "/help" -> out.println(HELP);
            case "/reset" -> {
                talk.reset();
                out.println("All is forgotten.");
            }
            case "/save" -> save(named(rest, "/save talk.json"));
            case "/load" -> load(named(rest, "/load talk.json"));
            case "/model" -> {
                talk.model(named(rest, "/model NAME"));
                out.println("From now on it is " + rest + ".");
            }
            default -> out.println("There is no " + words[0] + ":\n" + HELP);
        }
    }

    private void save(String file) {
        try {
            talk.save(Path.of(file));
            out.println(talk.size() + " messages are in " + file + ".");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be written (" + e + "): name another file", e);
        }
    }

    private void load(String file) {
        try {
            talk.load(Path.of(file));
            out.println(talk.size() + " messages are back.");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read (" + e + "): name one that /save wrote", e);
        }
    }

    private static String named(String name, String example) {
        if (name.isBlank()) throw new IllegalArgumentException("a name is missing: " + example);
        return name;
    }

    private static Path secret(Path history) throws IOException {
        Path folder = history.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        if (!Files.exists(history)) Secret.create(history);
        return history;
    }
}
