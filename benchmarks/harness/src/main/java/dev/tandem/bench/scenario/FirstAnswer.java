package dev.tandem.bench.scenario;

import dev.tandem.bench.CallTally;
import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Served;
import java.lang.management.ManagementFactory;

/** From the start of a new JVM to its first answer. */
public final class FirstAnswer implements Scenario {
    /** The {@link System#nanoTime()} at which the JVM was started; all processes of one Linux share that clock. */
    public static final String STARTED = "bench.started";

    @Override
    public Served served() {
        return Served.latency(0);
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        CallTally tally = new CallTally();
        contender.calls(Prompts.SHORT, 1, 1, tally);
        findings.put("first_answer_ms", (System.nanoTime() - Long.getLong(STARTED)) / 1e6);
        findings.put("classes", ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        tally.into(findings);
    }
}
