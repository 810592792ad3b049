package dev.tandem.interop;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.ExecutorsKt;

/**
 * The threads on which code of the user runs, as many as it takes: it may block, also by calling this library. They are
 * virtual from Java 21 on. Until Java 24, code that blocks within {@code synchronized} holds on to a thread of the scheduler
 * that the whole program shares: use a lock there.
 */
final class Callbacks {
    private static final String NAME = "tandem-callback-";
    private static final int VIRTUAL_SINCE = 21;
    private static final long IDLE_SECONDS = 30;

    static final CoroutineDispatcher THREADS = ExecutorsKt.from(executor());

    private Callbacks() {}

    private static Executor executor() {
        if (version() < VIRTUAL_SINCE) return pool();
        try {
            ThreadFactory factory = virtual();
            return task -> factory.newThread(task).start();
        } catch (ReflectiveOperationException e) {
            return pool();
        }
    }

    /** 0 where it is not told, or counted in another way. */
    private static int version() {
        try {
            return Integer.parseInt(System.getProperty("java.specification.version", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static ThreadFactory virtual() throws ReflectiveOperationException {
        Class<?> builder = Class.forName("java.lang.Thread$Builder");
        Object made = Thread.class.getMethod("ofVirtual").invoke(null);
        Object named = builder.getMethod("name", String.class, long.class).invoke(made, NAME, 1L);
        return (ThreadFactory) builder.getMethod("factory").invoke(named);
    }

    private static Executor pool() {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, NAME + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
    }
}
