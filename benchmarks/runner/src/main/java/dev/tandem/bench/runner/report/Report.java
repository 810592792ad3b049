package dev.tandem.bench.runner.report;

import dev.tandem.bench.runner.RawResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes docs/benchmarks.md and its chart wholly from the raw results. */
public final class Report {
    private Report() {}

    /** Argument: the folder benchmarks. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]).toAbsolutePath().normalize());
    }

    public static void write(Path benchmarks) throws IOException {
        Results results = new Results(RawResults.read(RawResults.file(benchmarks)));
        Path docs = benchmarks.resolveSibling("docs");
        String text = new Page(results).text();
        Files.writeString(docs.resolve("benchmarks.md"), text);
        Files.writeString(docs.resolve("benchmarks.svg"), new Chart(results).svg());
        System.out.println(text);
    }
}
