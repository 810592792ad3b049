package dev.tandem.bench.runner;

/** When the runner is stopped, or fails, before it is done: ends the JVMs it started and says what can be done with what there is. */
final class Interruption {
    private final Thread lastWords = new Thread(Interruption::end, "last-words");

    private Interruption() {}

    static Interruption watched() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.lastWords);
        return interruption;
    }

    void cannotHappenAnyMore() {
        Runtime.getRuntime().removeShutdownHook(lastWords);
    }

    private static void end() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        System.err.println(
                "Ended before all was measured. What there is, is in benchmarks/target/results.jsonl:"
                        + " benchmarks/report.sh writes the page from it, benchmarks/run.sh --append with --only and --contenders adds to it.");
    }
}
