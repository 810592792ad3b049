package dev.tandem.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a program that makes blocking calls. They stay as long as the JVM. */
final class Workers {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller-" + NAMES.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private Workers() {}

    /** Runs {@code task} so many times, {@code atOnce} at a time; on this thread when that is one. */
    static void run(int count, int atOnce, Runnable task) throws InterruptedException {
        if (atOnce == 1) {
            for (int i = 0; i < count; i++) task.run();
            return;
        }
        AtomicInteger left = new AtomicInteger(count);
        CountDownLatch busy = new CountDownLatch(atOnce);
        for (int i = 0; i < atOnce; i++) {
            THREADS.execute(() -> {
                while (left.getAndDecrement() > 0) task.run();
                busy.countDown();
            });
        }
        busy.await();
    }
}
