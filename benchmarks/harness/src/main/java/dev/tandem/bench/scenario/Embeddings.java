package dev.tandem.bench.scenario;

import dev.tandem.bench.Contender;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Findings;
import dev.tandem.bench.Meter;
import dev.tandem.bench.Served;
import java.util.List;
import java.util.stream.IntStream;

/** One batch of texts after the other. */
record Embeddings(Encoding encoding) implements Scenario {
    private static final int WARM_UP_BATCHES = 50;
    private static final List<String> TEXTS = IntStream.range(0, Served.VECTORS)
            .mapToObj(i -> "Text number " + i + " of a batch.")
            .toList();

    @Override
    public Served served() {
        return Served.latency(0);
    }

    @Override
    public void measure(Contender contender, Effort effort, Findings findings) throws Exception {
        effort.warmUp(WARM_UP_BATCHES, () -> checked(contender.embed(TEXTS, encoding)));
        Meter meter = new Meter();
        int answers = Effort.repeat(effort.measureMillis, () -> checked(contender.embed(TEXTS, encoding)));
        meter.into(findings, answers);
        findings.put("errors", 0);
    }

    private static void checked(long numbers) {
        long expected = (long) Served.VECTORS * Served.DIMENSIONS;
        if (numbers != expected) throw new IllegalStateException(numbers + " of " + expected + " numbers");
    }
}
