package dev.tandem.bench.runner.report;

import java.util.Arrays;

/** One number of all rounds. */
record Stat(double median, double min, double max, int rounds) {
    static Stat of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Stat(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** How far the rounds lie apart, as a share of the median. */
    double spread() {
        return median == 0 ? 0 : (max - min) / median;
    }
}
