package dev.tandem.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a program that makes blocking calls. They stay until the contender is closed. */
final class Workers implements AutoCloseable {
    private final AtomicInteger names = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller-" + names.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    /** Runs {@code task} so many times, {@code atOnce} at a time; on this thread when that is one. */
    void run(int count, int atOnce, Runnable task) throws InterruptedException {
        if (atOnce == 1) {
            for (int i = 0; i < count; i++) task.run();
            return;
        }
        AtomicInteger left = new AtomicInteger(count);
        CountDownLatch busy = new CountDownLatch(atOnce);
        for (int i = 0; i < atOnce; i++) {
            threads.execute(() -> {
                while (left.getAndDecrement() > 0) task.run();
                busy.countDown();
            });
        }
        busy.await();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
