package dev.tandem.bench.server;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What is to be done later, by the same thread. A millisecond is the finest that it can wait for, so it rounds to the nearest. */
final class Schedule {
    private static final long HALF_A_MILLI = 500_000;
    private static final long FOREVER_MILLIS = 60_000;

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long order;

    void at(long nanos, Runnable work) {
        tasks.add(new Task(nanos, order++, work));
    }

    /** 0 when something is due. */
    long millisToNext() {
        Task next = tasks.peek();
        if (next == null) return FOREVER_MILLIS;
        return Math.max(TimeUnit.NANOSECONDS.toMillis(next.nanos - System.nanoTime() + HALF_A_MILLI), 0);
    }

    void runDue() {
        if (tasks.isEmpty()) return;
        long now = System.nanoTime() + HALF_A_MILLI;
        for (Task next = tasks.peek(); next != null && next.nanos - now <= 0; next = tasks.peek()) {
            tasks.remove().work.run();
        }
    }

    private record Task(long nanos, long order, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            long earlier = nanos - other.nanos;
            return earlier != 0 ? Long.signum(earlier) : Long.compare(order, other.order);
        }
    }
}
