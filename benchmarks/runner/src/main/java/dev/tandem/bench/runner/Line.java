package dev.tandem.bench.runner;

import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found, on one line of the terminal. */
final class Line {
    private Line() {}

    static String of(Properties findings) {
        if (findings.containsKey("failure")) return "FAILED: " + findings.getProperty("failure");
        if (findings.containsKey("not_offered")) return "not offered: " + findings.getProperty("not_offered");
        String numbers = Stream.of(
                        "wall_ideal",
                        "first_wall_ideal",
                        "first_answer_ms",
                        "operations_per_s",
                        "cpu_us_per_op",
                        "bytes_per_op",
                        "delay_p99_us",
                        "p50_us",
                        "p99_us",
                        "threads",
                        "rss_mb",
                        "errors")
                .filter(findings::containsKey)
                .map(name -> name + " " + shortened(findings.getProperty(name)))
                .collect(Collectors.joining("  "));
        String error = findings.getProperty("first_error", "");
        return error.isEmpty() ? numbers : numbers + "  (" + error + ")";
    }

    private static String shortened(String number) {
        double value = Double.parseDouble(number);
        return value >= 100 ? String.valueOf(Math.round(value)) : String.format("%.3g", value);
    }
}
