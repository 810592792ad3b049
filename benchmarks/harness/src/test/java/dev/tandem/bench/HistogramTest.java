package dev.tandem.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void percentilesAreRightToTwoPercent() {
        for (long i = 1; i <= 100_000; i++) histogram.record(i * 1_000);
        assertEquals(50_000_000, histogram.percentile(50), 1_000_000);
        assertEquals(99_000_000, histogram.percentile(99), 2_000_000);
    }

    @Test
    void smallAndLargeValuesHaveTheirBuckets() {
        histogram.record(0);
        assertEquals(0, histogram.percentile(99));
        histogram.record(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, histogram.percentile(100), Long.MAX_VALUE / 50.0);
    }

    @Test
    void nothingRecordedIsZero() {
        assertEquals(0, histogram.percentile(50));
    }
}
