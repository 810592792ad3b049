package dev.tandem.bench.runner.report;

import java.util.List;

/** A scenario in the report. The first of the metrics orders the table. */
record Section(String scenario, String title, List<Metric> metrics) {
    private static final List<Metric> MANY = List.of(
            Metric.WALL,
            Metric.FIRST_WALL,
            Metric.CPU_PER_CALL,
            Metric.KB_PER_CALL,
            Metric.P50_MILLIS,
            Metric.P99_MILLIS,
            Metric.THREADS,
            Metric.RESIDENT,
            Metric.ERRORS);
    private static final List<Metric> FAST = List.of(
            Metric.DELTAS,
            Metric.CPU_PER_DELTA,
            Metric.BYTES_PER_DELTA,
            Metric.THREADS,
            Metric.RESIDENT,
            Metric.ERRORS);
    private static final List<Metric> EMBEDDING = List.of(
            Metric.ANSWERS,
            Metric.CPU_PER_ANSWER,
            Metric.MB_PER_ANSWER,
            Metric.THREADS,
            Metric.RESIDENT,
            Metric.ERRORS);
    private static final List<Metric> WORKFLOW = List.of(
            Metric.WALL,
            Metric.FIRST_WALL,
            Metric.CPU_PER_CALL,
            Metric.KB_PER_CALL,
            Metric.P50_MILLIS,
            Metric.P99_MILLIS,
            Metric.RESIDENT,
            Metric.ERRORS);

    static final List<Section> ALL = List.of(
            new Section(
                    "s1",
                    "S1: one call after the other, 600-byte answers, no latency",
                    List.of(
                            Metric.CPU_PER_CALL,
                            Metric.KB_PER_CALL,
                            Metric.P50,
                            Metric.P99,
                            Metric.THREADS,
                            Metric.RESIDENT,
                            Metric.ERRORS)),
            new Section("s2a", "S2a: 1,000 calls, 100 at a time, 50 ms latency", MANY),
            new Section("s2b", "S2b: 10,000 calls, 1,000 at a time, 200 ms latency", MANY),
            new Section("s3a", "S3a: one stream, 200,000 deltas as fast as the socket takes them", FAST),
            new Section("s3a-each", "S3a, each event in an HTTP chunk of its own", FAST),
            new Section("s3a-obfuscated", "S3a, with OpenAI's random padding in each event", FAST),
            new Section("s3a-escaped", "S3a, with escapes in every tenth delta", FAST),
            new Section(
                    "s3b",
                    "S3b: 500 streams at once, 100 deltas each, 50 a second",
                    List.of(
                            Metric.CPU_PER_DELTA,
                            Metric.DELAY_P50,
                            Metric.DELAY_P99,
                            Metric.BYTES_PER_DELTA,
                            Metric.THREADS,
                            Metric.RESIDENT,
                            Metric.ERRORS)),
            new Section("s4f", "S4f: 64 vectors of 1,536 numbers, as JSON numbers", EMBEDDING),
            new Section("s4b", "S4b: the same as base64", EMBEDDING),
            new Section(
                    "s5",
                    "S5: from the start of a new JVM to its first answer",
                    List.of(Metric.FIRST_ANSWER, Metric.CLASSES, Metric.ERRORS)),
            new Section("simple", "Workflow simple: 1 call, 50 ms latency, as in all workflows", WORKFLOW),
            new Section("sequential", "Workflow sequential: 4 calls, each after the one before", WORKFLOW),
            new Section("parallel", "Workflow parallel: 4 calls at once", WORKFLOW),
            new Section("complex", "Workflow complex: 1, then 1, then 2 at once, then 1", WORKFLOW),
            new Section("memory", "Workflow memory: 1 call with a prompt of 19,245 characters", WORKFLOW),
            new Section("concurrent", "Workflow concurrent: 10 calls at once", WORKFLOW));

    static Section of(String scenario) {
        return ALL.stream()
                .filter(section -> section.scenario().equals(scenario))
                .findFirst()
                .orElseThrow();
    }

    Metric order() {
        return metrics.get(0);
    }
}
