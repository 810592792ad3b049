package dev.tandem.spring;

import dev.tandem.pipeline.Call;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.telemetry.CallListener;
import org.springframework.context.SmartLifecycle;

/**
 * Lets calls come to their end before their client is closed, for as long as
 * {@code spring.lifecycle.timeout-per-shutdown-phase} says. New calls are not refused meanwhile: work that has begun may
 * take several, and what brings new work has stopped before.
 */
final class CallsUnderWay implements CallListener, SmartLifecycle {
    /** After the web server, which stops 2048 below the default. What stops later may still make calls. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    /** The last answer is on its way to its caller when we hear of it, and may lead to another call. */
    private static final long QUIET_MILLIS = 250;

    private final Object lock = new Object();

    /** Guarded by {@link #lock}, as all below. Told of each end. */
    private int calls;

    private long begun;
    private boolean isRunning;

    @Override
    public void onEvent(Call<?> call, CallEvent event) {
        if (event instanceof CallEvent.Started) {
            synchronized (lock) {
                calls++;
                begun++;
            }
        } else if (event instanceof CallEvent.Completed
                || event instanceof CallEvent.Failed
                || event instanceof CallEvent.Cancelled) {
            synchronized (lock) {
                calls--;
                lock.notifyAll();
            }
        }
    }

    private void awaitQuiet() {
        synchronized (lock) {
            try {
                long before;
                do {
                    while (calls > 0) lock.wait();
                    before = begun;
                    lock.wait(QUIET_MILLIS);
                } while (calls > 0 || begun != before);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void start() {
        synchronized (lock) {
            isRunning = true;
        }
    }

    /** Only the other one waits. */
    @Override
    public void stop() {
        synchronized (lock) {
            isRunning = false;
        }
    }

    @Override
    public void stop(Runnable callback) {
        boolean isQuiet;
        synchronized (lock) {
            isRunning = false;
            isQuiet = calls == 0;
        }
        if (isQuiet) {
            callback.run();
            return;
        }
        // A thread of its own: whoever ends the context may hold the common pool's only one.
        Thread waiting = new Thread(
                () -> {
                    awaitQuiet();
                    callback.run();
                },
                "tandem-shutdown");
        waiting.setDaemon(true);
        waiting.start();
    }

    @Override
    public boolean isRunning() {
        synchronized (lock) {
            return isRunning;
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
