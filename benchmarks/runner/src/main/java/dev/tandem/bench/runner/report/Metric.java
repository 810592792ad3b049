package dev.tandem.bench.runner.report;

import java.util.Locale;

/** Something that is measured: its name in the findings, its heading, what a finding is divided by, and which way is good. */
enum Metric {
    CPU_PER_CALL("cpu_us_per_op", "CPU µs / call", 1, true),
    CPU_PER_DELTA("cpu_us_per_op", "CPU µs / delta", 1, true),
    CPU_PER_ANSWER("cpu_us_per_op", "CPU ms / answer", 1e3, true),
    KB_PER_CALL("bytes_per_op", "allocated KB / call", 1e3, true),
    BYTES_PER_DELTA("bytes_per_op", "allocated B / delta", 1, true),
    MB_PER_ANSWER("bytes_per_op", "allocated MB / answer", 1e6, true),
    P50("p50_us", "p50 µs", 1, true),
    P99("p99_us", "p99 µs", 1, true),
    P50_MILLIS("p50_us", "p50 ms", 1e3, true),
    P99_MILLIS("p99_us", "p99 ms", 1e3, true),
    WALL("wall_ideal", "wall / ideal", 1, true),
    FIRST_WALL("first_wall_ideal", "wall / ideal, first run in a new JVM", 1, true),
    DELTAS("operations_per_s", "deltas / s", 1, false),
    ANSWERS("operations_per_s", "answers / s", 1, false),
    DELAY_P50("delay_p50_us", "delay p50 ms", 1e3, true),
    DELAY_P99("delay_p99_us", "delay p99 ms", 1e3, true),
    THREADS("threads", "threads", 1, true),
    RESIDENT("rss_mb", "RSS MB", 1, true),
    FIRST_ANSWER("first_answer_ms", "ms to the first answer", 1, true),
    CLASSES("classes", "classes loaded", 1, true),
    ERRORS("errors", "errors", 1, true);

    final String key;
    final String title;
    final double unit;
    final boolean lowIsGood;

    Metric(String key, String title, double unit, boolean lowIsGood) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.lowIsGood = lowIsGood;
    }

    boolean isBetter(double a, double b) {
        return lowIsGood ? a < b : a > b;
    }

    /** Three digits, as many as such measurements deserve. */
    static String shown(double value) {
        if (value >= 100 || value == Math.rint(value)) return String.format(Locale.ROOT, "%,d", Math.round(value));
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    String shown(Stat stat) {
        String median = shown(stat.median());
        if (stat.rounds() == 1 || this == ERRORS) return median;
        return median + " (" + shown(stat.min()) + "–" + shown(stat.max()) + ")";
    }
}
