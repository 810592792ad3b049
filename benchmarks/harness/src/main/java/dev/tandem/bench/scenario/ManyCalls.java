package dev.tandem.bench.scenario;

import dev.tandem.bench.CallTally;
import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;

/** Many prompts, so many at a time, each answered after a while: the first time in this JVM, and warm. */
record ManyCalls(int count, int atOnce, int latencyMillis) implements Scenario {
    @Override
    public Served served() {
        return Served.latency(latencyMillis);
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        double idealMillis = Math.ceil((double) count / atOnce) * latencyMillis;
        long begun = System.nanoTime();
        contender.calls(Prompts.SHORT, count, atOnce, new CallTally());
        findings.put("first_wall_ideal", (System.nanoTime() - begun) / 1e6 / idealMillis);
        effort.warmUpByPasses(() -> contender.calls(Prompts.SHORT, count, atOnce, new CallTally()));

        CallTally tally = new CallTally();
        Meter meter = new Meter();
        contender.calls(Prompts.SHORT, count, atOnce, tally);
        findings.put("wall_ideal", meter.wallNanos() / 1e6 / idealMillis);
        meter.into(findings, count);
        tally.into(findings);
    }
}
