package dev.tandem.examples.cli.file;

import dev.tandem.batch.BatchProgress;
import java.time.Duration;
import java.util.Locale;

/** How far a run has come, in words. */
record Pace(BatchProgress progress) {
    private static final int PERCENT = 100;

    static Pace of(BatchProgress progress) {
        return new Pace(progress);
    }

    /** How many of {@code parts} are over; 0 where nobody knows how many lines there are. */
    long share(long parts) {
        Long total = progress.getTotal();
        return total == null || total == 0 ? 0 : progress.getFinished() * parts / total;
    }

    /** {@code 40 of 100 lines (40 %), 2 failed, 3.2 a second, 19 s left} */
    String line() {
        return progress.getFinished() + " of " + progress.getTotal() + " lines (" + share(PERCENT) + " %)" + details();
    }

    /** What a bar does not show itself. */
    String details() {
        StringBuilder text = new StringBuilder();
        if (progress.getFailed() > 0)
            text.append(", ").append(progress.getFailed()).append(" failed");
        if (progress.getPerSecond() > 0) {
            text.append(String.format(Locale.ROOT, ", %.1f a second", progress.getPerSecond()));
        }
        if (progress.getUsd() > 0) text.append(", ").append(dollars(progress.getUsd()));
        Long left = progress.getRemainingMillis();
        if (left != null && left > 0)
            text.append(", ").append(time(Duration.ofMillis(left))).append(" left");
        return text.toString();
    }

    static String dollars(double usd) {
        return String.format(Locale.ROOT, usd < 1 ? "$%.4f" : "$%.2f", usd);
    }

    /** {@code 0.4 s}, {@code 19 s}, {@code 2 min 5 s}, {@code 3 h 2 min} */
    static String time(Duration time) {
        if (time.toSeconds() < 10) return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        if (time.toMinutes() < 1) return time.toSeconds() + " s";
        if (time.toHours() < 1) return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
