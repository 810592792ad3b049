package dev.tandem.bench.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The loopback server. It ends when the runner does. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    ServerProcess(Path benchmarks) throws IOException {
        process = new ProcessBuilder(
                        Jvm.binary(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-XX:MaxDirectMemorySize=512m",
                        "-cp",
                        benchmarks.resolve("server/target/bench-server.jar") + ":"
                                + benchmarks.resolve("harness/target/bench-harness.jar"),
                        "dev.tandem.bench.server.Server")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) throw new IOException("the server ended before it opened a port");
        port = Integer.parseInt(line);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    void checkAlive() {
        if (!process.isAlive()) throw new IllegalStateException("the server has ended: " + process.exitValue());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
