package dev.tandem.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts of nanoseconds in buckets 1.6 % wide. Recording allocates nothing and never blocks. */
final class Histogram {
    private static final int STEPS_BITS = 6;
    private static final int STEPS = 1 << STEPS_BITS;

    private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - STEPS_BITS) * STEPS);

    void record(long nanos) {
        counts.incrementAndGet(bucketOf(Math.max(nanos, 0)));
    }

    /** 0 when nothing was recorded. */
    long percentile(double percent) {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) total += counts.get(i);
        long left = (long) Math.ceil(total * percent / 100);
        if (left == 0) return 0;
        int bucket = 0;
        while ((left -= counts.get(bucket)) > 0) bucket++;
        return middleOf(bucket);
    }

    private static int bucketOf(long nanos) {
        int exponent = Math.max(Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - STEPS_BITS, 0);
        return exponent * STEPS + (int) (nanos >>> exponent);
    }

    private static long middleOf(int bucket) {
        int exponent = Math.max(bucket / STEPS - 1, 0);
        return ((long) (bucket - exponent * STEPS) << exponent) + (1L << exponent) / 2;
    }
}
