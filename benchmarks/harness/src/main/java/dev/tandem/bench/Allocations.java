package dev.tandem.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes allocated by all threads since its making. JDK 21 knows the sum. Before that it is the sum over the threads that
 * live at the end, which is exact when none ended in between.
 */
final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Method TOTAL = totalMethod();

    private final Map<Long, Long> before = TOTAL == null ? byThread() : Map.of();
    private final long totalBefore = TOTAL == null ? 0 : total();

    boolean countsEndedThreads() {
        return TOTAL != null;
    }

    long bytes() {
        if (TOTAL != null) return total() - totalBefore;
        return byThread().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .sum();
    }

    private static Map<Long, Long> byThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> result = new HashMap<>();
        for (int i = 0; i < ids.length; i++) if (bytes[i] >= 0) result.put(ids[i], bytes[i]);
        return result;
    }

    private static Method totalMethod() {
        try {
            return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static long total() {
        try {
            return (long) TOTAL.invoke(THREADS);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
