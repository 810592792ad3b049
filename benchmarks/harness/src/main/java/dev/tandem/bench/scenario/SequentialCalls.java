package dev.tandem.bench.scenario;

import dev.tandem.bench.CallTally;
import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;

/** One call after the other, answered at once: what a call costs the client. */
final class SequentialCalls implements Scenario {
    private static final int WARM_UP_BATCHES = 40;
    private static final int BATCH = 500;

    @Override
    public Served served() {
        return Served.latency(0);
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        effort.warmUp(WARM_UP_BATCHES, () -> contender.calls(Prompts.SHORT, BATCH, 1, new CallTally()));
        CallTally tally = new CallTally();
        Meter meter = new Meter();
        int batches = Effort.repeat(effort.measureMillis, () -> contender.calls(Prompts.SHORT, BATCH, 1, tally));
        meter.into(findings, (long) batches * BATCH);
        tally.into(findings);
    }
}
