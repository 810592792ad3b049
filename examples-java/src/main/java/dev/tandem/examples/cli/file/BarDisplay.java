package dev.tandem.examples.cli.file;

import dev.tandem.batch.BatchProgress;
import dev.tandem.examples.cli.shell.Shell;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that is drawn over itself, by nothing but a carriage return. */
final class BarDisplay implements Display {
    private static final int REDRAW_MILLIS = 250;
    private static final int NARROWEST = 40;
    private static final int WIDEST = 100;

    /** Terminals show {@code ^C} where the cursor is. */
    private static final int ECHO = 2;

    private final Canvas canvas;
    private final ProgressBarStyle style;

    /** Guarded by this object: it is there when it is known how long it is. */
    private @Nullable ProgressBar bar;

    BarDisplay(Shell shell) {
        // A terminal that has its last column filled goes to the next line.
        canvas = new Canvas(shell.err(), Math.min(WIDEST, Math.max(NARROWEST, shell.width() - 1)));
        style = styleIn(shell);
    }

    @Override
    public synchronized void show(BatchProgress progress) {
        if (bar == null) bar = open(progress);
        bar.stepTo(progress.getFinished());
        bar.setExtraMessage(Pace.of(progress).details().replaceFirst("^,", ""));
    }

    @Override
    public void say(String text) {
        canvas.say(text);
    }

    @Override
    public synchronized void close() {
        if (bar != null) bar.close();
        bar = null;
    }

    private ProgressBar open(BatchProgress progress) {
        Long total = progress.getTotal();
        return new ProgressBarBuilder()
                .setInitialMax(total == null ? -1 : total)
                .setStyle(style)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .hideEta()
                .setConsumer(canvas)
                .build();
    }

    /** Blocks where the terminal's language has them. */
    private static ProgressBarStyle styleIn(Shell shell) {
        String language = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .flatMap(name -> shell.variable(name).stream())
                .findFirst()
                .orElse("");
        return language.toUpperCase(Locale.ROOT).contains("UTF")
                ? ProgressBarStyle.UNICODE_BLOCK
                : ProgressBarStyle.ASCII;
    }

    /** The line that the bar is drawn on. */
    private static final class Canvas implements ProgressBarConsumer {
        private final PrintStream out;
        private final int width;

        /** Guarded by this object: how much of the line is full. */
        private int drawn;

        Canvas(PrintStream out, int width) {
            this.out = out;
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public synchronized void accept(String text) {
            out.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
            out.flush();
            drawn = text.length();
        }

        /** Above the bar, which is drawn anew below. */
        synchronized void say(String text) {
            if (drawn > 0) out.print("\r" + " ".repeat(Math.min(width, drawn + ECHO)) + "\r");
            out.println(text);
            drawn = 0;
        }

        @Override
        public synchronized void close() {
            if (drawn > 0) out.println();
            drawn = 0;
        }
    }
}
