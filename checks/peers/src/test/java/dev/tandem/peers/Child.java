package dev.tandem.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of ours and all it says. It starts with an empty environment, so no key and no address of the machine gets
 * in. Closing it ends it and what it started, and nothing else; so does the end of this JVM.
 */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final List<String> command;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
    private final Thread reader;
    private final Thread onExit = new Thread(this::end, "end-child");

    private Child(List<String> command, Map<String, String> environment, Pattern sign) throws IOException {
        this.command = command;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Node.MODULE.resolve("target").toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(onExit);
        reader = new Thread(() -> read(sign), "read-child");
        reader.setDaemon(true);
        reader.start();
    }

    static Child start(List<String> command, Map<String, String> environment, Pattern sign) {
        try {
            return new Child(command, environment, sign);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Waits for the line that is the sign of being ready. */
    Matcher awaitSign() {
        try {
            return ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("no sign of life from " + this, e);
        } catch (InterruptedException e) {
            close();
            throw new IllegalStateException("interrupted before " + this + " was ready", e);
        }
    }

    /** Waits until it has ended by itself, and gives what it said. */
    List<String> awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            close();
            throw new IllegalStateException("does not end: " + this);
        }
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return List.copyOf(lines);
    }

    int exitCode() {
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The JVM is ending, and so the hook runs.
        }
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private void read(Pattern sign) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                Matcher matcher = sign.matcher(line);
                if (matcher.find()) ready.complete(matcher);
            }
            ready.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** The command and the last of what it said. */
    @Override
    public String toString() {
        List<String> said = List.copyOf(lines);
        return command + " said " + said.subList(Math.max(0, said.size() - 20), said.size());
    }
}
