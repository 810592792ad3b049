package dev.tandem.examples.cli.talk;

import dev.tandem.examples.cli.shell.Exit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A prompt on each line of the input, its answer on the output. A turn that fails is told, and the talk goes on. */
public final class PipedTalk {
    private final Talk talk;
    private final Consumer<RuntimeException> failure;

    public PipedTalk(Talk talk, Consumer<RuntimeException> failure) {
        this.talk = talk;
        this.failure = failure;
    }

    /** The exit code. */
    public int run(InputStream input) throws IOException {
        int exit = Exit.DONE;
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) continue;
            try {
                talk.ask(line);
            } catch (RuntimeException e) {
                failure.accept(e);
                exit = Exit.FAILED;
            }
        }
        return exit;
    }
}
