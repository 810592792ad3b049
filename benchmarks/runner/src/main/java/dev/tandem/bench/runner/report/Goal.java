package dev.tandem.bench.runner.report;

import java.util.List;

/** What Tandem on its default engine wants to reach: a limit, and a ratio to the best peer in the same round, 0 when there is none. */
record Goal(String scenario, String contestant, String what, Metric metric, double limit, double ratio) {
    static final List<Goal> ALL = List.of(
            new Goal("s1", "tandem", "S1, CPU µs per call, suspend", Metric.CPU_PER_CALL, 42, 0.75),
            new Goal("s1", "tandem-blocking", "S1, CPU µs per call, blocking", Metric.CPU_PER_CALL, 50, 0.75),
            new Goal("s1", "tandem", "S1, allocated KB per call", Metric.KB_PER_CALL, 18, 0.55),
            new Goal("s2a", "tandem", "S2a, wall / ideal", Metric.WALL, 1.05, 0),
            new Goal("s2b", "tandem", "S2b, wall / ideal", Metric.WALL, 1.05, 0),
            new Goal("s2b", "tandem", "S2b, wall / ideal, first run in a new JVM", Metric.FIRST_WALL, 1.5, 0),
            new Goal("s2b", "tandem", "S2b, CPU µs per call", Metric.CPU_PER_CALL, 65, 0.2),
            new Goal("s2b", "tandem", "S2b, threads", Metric.THREADS, 16, 0),
            new Goal("s2b", "tandem", "S2b, RSS MB", Metric.RESIDENT, 250, 0),
            new Goal("s3a", "tandem", "S3a, deltas per second", Metric.DELTAS, 1_800_000, 3.2),
            new Goal("s3a", "tandem", "S3a, bytes allocated per delta", Metric.BYTES_PER_DELTA, 300, 0.1),
            new Goal("s3b", "tandem", "S3b, CPU µs per delta", Metric.CPU_PER_DELTA, 15, 0.4),
            new Goal("s3b", "tandem", "S3b, delay p99 ms", Metric.DELAY_P99, 10, 0.35),
            new Goal("s3b", "tandem", "S3b, threads", Metric.THREADS, 16, 0),
            new Goal("s4f", "tandem", "S4f, answers per second", Metric.ANSWERS, 200, 3),
            new Goal("s4b", "tandem", "S4b, answers per second", Metric.ANSWERS, 950, 1.5),
            new Goal("s5", "tandem", "S5, ms to the first answer", Metric.FIRST_ANSWER, 420, 0.75),
            workflow("simple"),
            workflow("sequential"),
            workflow("parallel"),
            workflow("complex"),
            workflow("memory"),
            workflow("concurrent"));

    boolean isMetBy(double value) {
        return !metric.isBetter(limit, value);
    }

    boolean isMetByRatio(double value) {
        return !metric.isBetter(ratio, value);
    }

    private static Goal workflow(String name) {
        return new Goal(name, "tandem-workflow", "workflow " + name + ", wall / ideal", Metric.WALL, 1.05, 0);
    }
}
