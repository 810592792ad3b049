package dev.tandem.spring;

import dev.tandem.pipeline.Call;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.telemetry.CallListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
    private static final Executor SOON = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private final Object lock = new Object();

    /** Guarded by {@link #lock}, as all below. */
    private final List<Runnable> waiting = new ArrayList<>();

    private int calls;
    private boolean isRunning;

    @Override
    public void onEvent(Call<?> call, CallEvent event) {
        if (event instanceof CallEvent.Started) {
            synchronized (lock) {
                calls++;
            }
        } else if (event instanceof CallEvent.Completed
                || event instanceof CallEvent.Failed
                || event instanceof CallEvent.Cancelled) {
            ended();
        }
    }

    private void ended() {
        synchronized (lock) {
            if (--calls > 0 || waiting.isEmpty()) return;
        }
        SOON.execute(this::tellIfQuiet);
    }

    private void tellIfQuiet() {
        List<Runnable> told;
        synchronized (lock) {
            if (calls > 0) return;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(Runnable::run);
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
        synchronized (lock) {
            isRunning = false;
            if (calls > 0) {
                waiting.add(callback);
                return;
            }
        }
        callback.run();
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
