package dev.tandem.bench.scenario;

import dev.tandem.bench.CallTally;
import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Calls that depend on each other: each number is a step that makes so many calls at once when the step before is done. The
 * first times in this JVM, and warm.
 */
record Workflow(String prompt, int... steps) implements Scenario {
    private static final int LATENCY_MILLIS = 50;
    private static final int WARM_UP_STEPS = 600;

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
        findings.put("first_wall_ideal", wallToIdeal(contender, effort, new CallTally()));
        effort.warmUp(WARM_UP_STEPS / steps.length, () -> contender.steps(prompt, steps, new CallTally()));
        CallTally tally = new CallTally();
        Meter meter = new Meter();
        findings.put("wall_ideal", wallToIdeal(contender, effort, tally));
        meter.into(findings, (long) effort.workflows * IntStream.of(steps).sum());
        tally.into(findings);
    }

    /** In the middle. */
    private double wallToIdeal(Contender contender, Effort effort, CallTally tally) throws Exception {
        double[] millis = new double[effort.workflows];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            contender.steps(prompt, steps, tally);
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[millis.length / 2] / (steps.length * LATENCY_MILLIS);
    }
}
