package dev.tandem.examples.cli.shell;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM while something runs. The first of either asks for an end; Ctrl-C once more wants it at once. Whoever
 * started this process with SIGINT ignored is not overruled.
 */
public final class Interrupts implements AutoCloseable {
    private static final String CTRL_C = "INT";
    private static final String TERMINATE = "TERM";

    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final Runnable ask;
    private final @Nullable Object ctrlC;
    private final @Nullable Object terminate;

    private Interrupts(Runnable ask, Runnable insist) {
        this.ask = ask;
        ctrlC = Signals.register(CTRL_C, () -> {
            if (!askOnce()) insist.run();
        });
        terminate = Signals.register(TERMINATE, this::askOnce);
    }

    /** Both are called by a thread of the signal's, until this is closed. */
    public static Interrupts heard(Runnable ask, Runnable insist) {
        return new Interrupts(ask, insist);
    }

    @Override
    public void close() {
        if (ctrlC != null) Signals.unregister(CTRL_C, ctrlC);
        if (terminate != null) Signals.unregister(TERMINATE, terminate);
    }

    private boolean askOnce() {
        boolean isFirst = isAsked.compareAndSet(false, true);
        if (isFirst) ask.run();
        return isFirst;
    }
}
