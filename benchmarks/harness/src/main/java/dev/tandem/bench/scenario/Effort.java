package dev.tandem.bench.scenario;

/** How long to warm up and to measure. */
public enum Effort {
    QUICK(4, 1_000, 10_000, 1_000, 1, 5),
    FULL(1, 6_000, 45_000, 6_000, 8, 20);

    /** The work that warms up is done in one of so many parts. */
    private final int warmUpShare;

    final long warmUpMillis;
    final long longestWarmUpMillis;
    final long measureMillis;

    /** Passes of a scenario with a set length, between the first one and the measured one. */
    private final int warmUpPasses;

    /** Measured repetitions of a workflow. */
    final int workflows;

    Effort(
            int warmUpShare,
            long warmUpMillis,
            long longestWarmUpMillis,
            long measureMillis,
            int warmUpPasses,
            int workflows) {
        this.warmUpShare = warmUpShare;
        this.warmUpMillis = warmUpMillis;
        this.longestWarmUpMillis = longestWarmUpMillis;
        this.measureMillis = measureMillis;
        this.warmUpPasses = warmUpPasses;
        this.workflows = workflows;
    }

    /**
     * Does {@code work} so often and for so long that what it needs is compiled, which takes longer on a busy machine; but
     * there is an end to it.
     */
    void warmUp(int times, Work work) throws Exception {
        long begun = System.nanoTime();
        int done = 0;
        while (done < times / warmUpShare || millisSince(begun) < warmUpMillis) {
            work.run();
            done++;
            if (millisSince(begun) > longestWarmUpMillis) return;
        }
    }

    /** {@link #warmUpPasses} of {@code pass}; fewer where even those take too long. */
    void warmUpByPasses(Work pass) throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < warmUpPasses && millisSince(begun) < longestWarmUpMillis; i++) pass.run();
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** Does {@code work} again and again until the time is over, at least once, and says how often. */
    static int repeat(long millis, Work work) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        int times = 0;
        do {
            work.run();
            times++;
        } while (System.nanoTime() < end);
        return times;
    }

    interface Work {
        void run() throws Exception;
    }
}
