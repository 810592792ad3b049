package dev.tandem.bench.scenario;

import dev.tandem.bench.Contender;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Served;

/** Something a program does with its client, and what is measured of it. */
public interface Scenario {
    /** What the server has to do. */
    Served served();

    /** How many calls or streams are under way at most. */
    default int atOnce() {
        return 1;
    }

    void measure(Contender contender, Effort effort, Findings findings) throws Exception;
}
