package dev.tandem.bench;

import java.util.concurrent.Callable;

/** How long each call took, and whether it brought the answer. Any thread may tell it. */
public final class CallTally {
    private final Histogram nanos = new Histogram();
    private final Failures failures = new Failures();

    /** Makes a call that returns when it is done. */
    public void time(Callable<String> call) {
        long begun = begin();
        try {
            done(begun, call.call());
        } catch (Exception e) {
            failed(e);
        }
    }

    /** The moment that {@link #done} wants to know. */
    public long begin() {
        return System.nanoTime();
    }

    public void done(long begun, String answer) {
        nanos.record(System.nanoTime() - begun);
        if (answer == null || answer.length() != Served.ANSWER_CHARS) failures.add("wrong answer: " + answer);
    }

    public void failed(Throwable failure) {
        failures.add(failure);
    }

    public void into(Findings findings) {
        findings.put("p50_us", nanos.percentile(50) / 1e3);
        findings.put("p99_us", nanos.percentile(99) / 1e3);
        failures.into(findings);
    }
}
