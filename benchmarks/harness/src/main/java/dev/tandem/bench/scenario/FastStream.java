package dev.tandem.bench.scenario;

import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;
import dev.tandem.bench.StreamTally;

/** One stream as fast as the socket takes it: what a delta costs the client. */
record FastStream(Served.Kind kind, int deltas) implements Scenario {
    private static final int WARM_UP_STREAMS = 5;

    @Override
    public Served served() {
        return Served.fast(kind, deltas);
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        effort.warmUp(WARM_UP_STREAMS, () -> contender.streams(Prompts.SHORT, 1, new StreamTally(served())));
        StreamTally tally = new StreamTally(served());
        Meter meter = new Meter();
        Effort.repeat(effort.measureMillis, () -> contender.streams(Prompts.SHORT, 1, tally));
        meter.into(findings, tally.deltas());
        tally.into(findings);
    }
}
