package dev.tandem.interop;

import kotlinx.coroutines.scheduling.TasksKt;

/** The scheduler of coroutines, which reads how large it is to be once, and from system properties. */
final class Workers {
    private static final String SIZE = "kotlinx.coroutines.scheduler.core.pool.size";
    private static final String MOST = "kotlinx.coroutines.scheduler.max.pool.size";

    /** What the scheduler itself takes. */
    private static final int MOST_POSSIBLE = 2_097_150;

    private Workers() {}

    static synchronized void configure(int threads) {
        int most = Integer.getInteger(MOST, MOST_POSSIBLE);
        if (threads > most) {
            throw new IllegalArgumentException("worker threads must be " + most + " at most, but are " + threads);
        }
        String before = System.getProperty(SIZE);
        System.setProperty(SIZE, String.valueOf(threads));
        // Is read now, if it has not been before.
        int now = count();
        if (now == threads) return;
        if (before == null) System.clearProperty(SIZE);
        else System.setProperty(SIZE, before);
        throw new IllegalStateException("there are " + now + " worker threads already, and cannot be " + threads
                + " any more: call WorkerThreads.configure before anything else, or start Java with -D" + SIZE + "="
                + threads);
    }

    static int count() {
        return TasksKt.CORE_POOL_SIZE;
    }
}
