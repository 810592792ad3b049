package dev.tandem.bench.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of docs/benchmarks.md. */
final class Page {
    private static final String STYLE = "tandem";

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    Page(Results results) {
        this.results = results;
    }

    String text() {
        beginning();
        goals();
        ahead();
        contestants();
        for (Section section : Section.ALL) {
            if (results.has(section.scenario())) line("## " + section.title()).line(new Table(results, section).text());
        }
        return text.toString();
    }

    private void beginning() {
        line("# Tandem and its peers, measured side by side").line("");
        line(
                "Written by `benchmarks/run.sh` from what it measured; change it there. [How it is measured, and what was set for"
                        + " each client](../benchmarks/README.md).");
        line("");
        line("- " + machines()
                + "; the server in a process of its own, each measurement in a new JVM, G1, 64 MB to 1 GB heap.");
        line("- " + (results.isQuick() ? "Short measurements (`--quick`)" : "Full measurements")
                + ", rounds interleaved: " + results.rounds() + ". Figures are medians"
                + (results.rounds() > 1 ? " with (min–max)" : "") + ".");
        line("- " + noise());
        line(
                "- The floors are written by hand and do only what must be done: what is left to gain is the way to them.");
        line(
                "- \\* Threads ended in the measurement; what they allocated is missing in the figure (a JVM before 21 does not know it).");
        line("").line("![Bars for the main figures of each client](benchmarks.svg)")
                .line("");
    }

    private String machines() {
        return String.join("; ", results.machines()) + ", with a load of "
                + Metric.shown(results.load().max()) + " before it began";
    }

    private String noise() {
        List<Double> spreads = new ArrayList<>();
        for (Section section : Section.ALL) {
            for (Contestant who : results.contestants()) {
                results.stat(section.scenario(), who, section.order())
                        .filter(stat -> stat.rounds() > 1)
                        .ifPresent(stat -> spreads.add(stat.spread()));
            }
        }
        if (spreads.isEmpty())
            return "One round shows no noise; on a machine that does other things too, trust ratios only.";
        double[] all = spreads.stream().mapToDouble(Double::doubleValue).toArray();
        Stat stat = Stat.of(all);
        return String.format(
                Locale.ROOT,
                "Noise: between the best and the worst round of the same figure lie %.0f %% of it (median), at most %.0f %%."
                        + " Trust ratios more than absolutes.",
                stat.median() * 100,
                stat.max() * 100);
    }

    private void goals() {
        line("## Goals").line("");
        line(
                "Limits the machine decides about, too. Ratios are to the best peer without errors in the same round, and of the rounds the one in the middle (of two, the worse).");
        line("").line(new GoalTable(results).text());
    }

    private void ahead() {
        line("## Where a peer is ahead").line("");
        line("The best peer without errors and Tandem's suspend style in the middle one of the rounds, wherever the peer is better.")
                .line("");
        List<String> rows = Section.ALL.stream()
                .flatMap(section -> section.metrics().stream()
                        .flatMap(metric -> Comparison.of(results, section, metric, STYLE).stream()))
                .filter(Comparison::peerIsAhead)
                .map(Page::row)
                .toList();
        if (rows.isEmpty()) line("Nowhere in this run.");
        else line("| scenario | figure | best peer | its figure | Tandem |").line("|---|---|---|---|---|");
        rows.forEach(this::line);
        line("");
    }

    private static String row(Comparison found) {
        return "| " + found.section().scenario() + " | " + found.metric().title + " | "
                + found.peer().name() + " | " + Metric.shown(found.peers()) + " | " + Metric.shown(found.tandems())
                + " |";
    }

    private void contestants() {
        line("## Who took part")
                .line("")
                .line("| | version | jars on the class path | MB |")
                .line("|---|---|---|---|");
        for (Contestant who : results.contestants()) {
            line("| " + who.name() + " | " + who.version() + " | " + who.jars() + " | "
                    + String.format(Locale.ROOT, "%.1f", who.megabytes()) + " |");
        }
        line("");
    }

    private Page line(String line) {
        text.append(line).append('\n');
        return this;
    }
}
