package dev.tandem.examples.cli.file;

import dev.tandem.batch.BatchProgress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line after each tenth of the work, and after ten seconds without one. */
final class LineDisplay implements Display {
    private static final long TENTHS = 10;
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream out;
    private final LongSupplier nanos;

    /** Guarded by this object. */
    private long shownTenth;

    private long shownAt;

    LineDisplay(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        shownAt = nanos.getAsLong();
    }

    @Override
    public synchronized void show(BatchProgress progress) {
        long tenth = Pace.of(progress).share(TENTHS);
        long now = nanos.getAsLong();
        if (tenth <= shownTenth && now - shownAt < SILENCE) return;
        shownTenth = tenth;
        shownAt = now;
        out.println(Pace.of(progress).line());
    }

    @Override
    public synchronized void say(String text) {
        out.println(text);
    }

    @Override
    public void close() {}
}
