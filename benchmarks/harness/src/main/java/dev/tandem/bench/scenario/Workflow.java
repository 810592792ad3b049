package dev.tandem.bench.scenario;

import dev.tandem.bench.CallTally;
import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Calls that depend on each other: each number is a step that makes so many calls at once when the step before is done. */
record Workflow(String prompt, int... steps) implements Scenario {
    private static final int LATENCY_MILLIS = 50;

    @Override
    public Served served() {
        return Served.latency(LATENCY_MILLIS);
    }

    @Override
    public int atOnce() {
        return IntStream.of(steps).max().orElseThrow();
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        for (int i = 0; i < effort.warmUpWorkflows; i++) contender.steps(prompt, steps, new CallTally());
        CallTally tally = new CallTally();
        double[] millis = new double[effort.workflows];
        Meter meter = new Meter();
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            contender.steps(prompt, steps, tally);
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        meter.into(findings, (long) millis.length * IntStream.of(steps).sum());
        tally.into(findings);
        Arrays.sort(millis);
        findings.put("wall_ideal", millis[millis.length / 2] / (steps.length * LATENCY_MILLIS));
    }
}
