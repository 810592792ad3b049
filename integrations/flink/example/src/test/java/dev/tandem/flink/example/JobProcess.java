package dev.tandem.flink.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The job as its users start it: a program of its own, with Flink in it. */
final class JobProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 240;

    private final Process process;
    private final Path log;

    JobProcess(Path log, Map<String, String> environment, Map<String, Object> parameters) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                QuestionsJob.class.getName()));
        parameters.forEach((name, value) -> command.addAll(List.of("--" + name, value.toString())));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** As {@code kill -9} does: no goodbye. */
    void kill() {
        process.destroyForcibly();
    }

    int await() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the job has not ended in " + PATIENCE_SECONDS + " s:\n" + Files.readString(log));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
