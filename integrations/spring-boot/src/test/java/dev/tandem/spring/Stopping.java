package dev.tandem.spring;

import org.springframework.context.SmartLifecycle;

/** Does something when the shutdown has come to {@code phase}. */
final class Stopping implements SmartLifecycle {
    private final int phase;
    private final Runnable onStop;
    private volatile boolean isRunning;

    Stopping(int phase, Runnable onStop) {
        this.phase = phase;
        this.onStop = onStop;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        onStop.run();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
