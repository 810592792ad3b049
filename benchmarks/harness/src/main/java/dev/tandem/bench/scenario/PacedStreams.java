package dev.tandem.bench.scenario;

import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;
import dev.tandem.bench.StreamTally;

/** Many streams at the pace of a model: how late each delta reaches the program. */
record PacedStreams(int streams, int deltas, int everyMillis) implements Scenario {
    @Override
    public Served served() {
        return Served.paced(deltas, everyMillis);
    }

    @Override
    public int atOnce() {
        return streams;
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        effort.warmUpByPasses(() -> contender.streams(Prompts.SHORT, streams, new StreamTally(served())));
        StreamTally tally = new StreamTally(served());
        Meter meter = new Meter();
        contender.streams(Prompts.SHORT, streams, tally);
        meter.into(findings, tally.deltas());
        tally.into(findings);
    }
}
