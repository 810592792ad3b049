package dev.tandem.bench.runner.report;

import java.util.List;
import java.util.Locale;

/** The main figures as bars: one panel for each, all clients in each panel, one below the other. */
final class Chart {
    private static final List<Panel.Plot> PLOTS = List.of(
            new Panel.Plot("s1", "S1: CPU µs per call", Metric.CPU_PER_CALL),
            new Panel.Plot("s2b", "S2b: CPU µs per call, 1,000 at a time", Metric.CPU_PER_CALL),
            new Panel.Plot("s3a", "S3a: deltas per second", Metric.DELTAS),
            new Panel.Plot("s3b", "S3b: delay p99 ms, 500 streams", Metric.DELAY_P99),
            new Panel.Plot("s4b", "S4b: embedding answers per second", Metric.ANSWERS),
            new Panel.Plot("s5", "S5: ms to the first answer", Metric.FIRST_ANSWER));
    private static final int COLUMNS = 2;

    private final Results results;

    Chart(Results results) {
        this.results = results;
    }

    String svg() {
        List<Panel> panels = PLOTS.stream()
                .filter(plot -> results.has(plot.scenario()))
                .map(plot -> new Panel(results, plot))
                .toList();
        int height = Panel.height(results);
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg = new StringBuilder(begin(COLUMNS * Panel.WIDTH, rows * height));
        for (int i = 0; i < panels.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<g transform=\"translate(%d,%d)\">\n%s</g>\n",
                    i % COLUMNS * Panel.WIDTH,
                    i / COLUMNS * height,
                    panels.get(i).svg()));
        }
        return svg.append("</svg>\n").toString();
    }

    /** Colours that can be read on white and on black, and change with the reader's theme. */
    private static String begin(int width, int height) {
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="11">
                <style>
                text { fill: #24292f } .title { font-weight: 600; font-size: 13px } .quiet { fill: #6e7781 }
                .tandem { fill: #0969da } .peer { fill: #8c959f } .floor { fill: none; stroke: #8c959f; stroke-dasharray: 3 2 }
                @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 } .quiet { fill: #9198a1 } .tandem { fill: #4493f8 } .peer { fill: #6e7681 }
                .floor { stroke: #9198a1 }
                }
                </style>
                """, width, height);
    }
}
