package dev.tandem.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How many deltas came, how late, and whether each stream had all of them. */
public final class StreamTally {
    private final Served served;
    private final Histogram delays = new Histogram();
    private final AtomicLong deltas = new AtomicLong();
    private final Failures failures = new Failures();

    public StreamTally(Served served) {
        this.served = served;
    }

    /** What the deltas of one stream are given to. */
    public Reader open() {
        return served.kind() == Served.Kind.PACED ? new DelayReader() : new Reader();
    }

    /** Reads a stream that returns at its end. */
    public void read(Source source) {
        Reader reader = open();
        try {
            source.readInto(reader);
            reader.ended();
        } catch (Exception e) {
            reader.failed(e);
        }
    }

    public long deltas() {
        return deltas.get();
    }

    public void into(Findings findings) {
        if (served.kind() == Served.Kind.PACED) {
            findings.put("delay_p50_us", delays.percentile(50) / 1e3);
            findings.put("delay_p99_us", delays.percentile(99) / 1e3);
        }
        failures.into(findings);
    }

    /** A stream that gives each delta to a consumer and returns at its end. */
    public interface Source {
        void readInto(Consumer<String> onDelta) throws Exception;
    }

    /** One stream. Its deltas come one after the other. */
    public class Reader implements Consumer<String> {
        private int count;

        private Reader() {}

        @Override
        public void accept(String delta) {
            if (!delta.isEmpty()) count++;
        }

        public void ended() {
            deltas.addAndGet(count);
            if (count != served.deltas()) failures.add(count + " of " + served.deltas() + " deltas");
        }

        public void failed(Throwable failure) {
            deltas.addAndGet(count);
            failures.add(failure);
        }
    }

    private final class DelayReader extends Reader {
        @Override
        public void accept(String delta) {
            if (!delta.isEmpty()) delays.record(System.nanoTime() - Long.parseLong(delta));
            super.accept(delta);
        }
    }
}
