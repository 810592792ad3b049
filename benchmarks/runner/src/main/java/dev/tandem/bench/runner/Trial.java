package dev.tandem.bench.runner;

import dev.tandem.bench.scenario.FirstAnswer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One measurement in a JVM of its own. */
record Trial(Entry entry, String scenario, int round) {
    /** What was found, or what went wrong under "failure". */
    Properties run(Path benchmarks, String baseUrl, Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(benchmarks.resolve("target/logs"));
        Path log = logs.resolve(scenario + "." + entry.name() + "." + round + ".log");
        Path out = Files.createTempFile("findings", ".properties");
        try {
            Process process = new ProcessBuilder(command(benchmarks, baseUrl, options.effort(), out))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            String end = waitFor(process, options.limitSeconds());
            return end.isEmpty() ? findings(out) : failure(end);
        } finally {
            Files.delete(out);
        }
    }

    private List<String> command(Path benchmarks, String baseUrl, String effort, Path out) {
        List<String> command = new ArrayList<>();
        command.add(Jvm.binary());
        command.addAll(Jvm.FLAGS);
        if (entry.engine() != null)
            command.add("-Dbench.engine=" + entry.engine().name());
        command.add("-D" + FirstAnswer.STARTED + "=" + System.nanoTime());
        command.add("-cp");
        command.add(entry.jars(benchmarks).stream().map(Path::toString).collect(Collectors.joining(":")));
        command.addAll(
                List.of("dev.tandem.bench.Measure", entry.className(), scenario, baseUrl, effort, out.toString()));
        return command;
    }

    /** What was wrong with the end of the process; "" when nothing was. */
    private static String waitFor(Process process, long limitSeconds) throws InterruptedException {
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) return "not done within " + limitSeconds + " s";
            return process.exitValue() == 0 ? "" : "the JVM ended with " + process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Properties findings(Path file) throws IOException {
        Properties findings = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            findings.load(in);
        }
        return findings.isEmpty() ? failure("nothing was found") : findings;
    }

    private static Properties failure(String what) {
        Properties failure = new Properties();
        failure.setProperty("failure", what);
        return failure;
    }
}
