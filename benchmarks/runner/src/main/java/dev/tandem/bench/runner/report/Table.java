package dev.tandem.bench.runner.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** One scenario: who was measured, the best first, and at the end who has no figures. */
final class Table {
    private final Results results;
    private final Section section;

    Table(Results results, Section section) {
        this.results = results;
        this.section = section;
    }

    String text() {
        StringBuilder text = new StringBuilder("\n| |");
        section.metrics()
                .forEach(metric -> text.append(' ').append(metric.title).append(" |"));
        text.append("\n|---|").append("---|".repeat(section.metrics().size())).append('\n');
        for (Contestant who : ordered()) text.append(row(who)).append('\n');
        List<Contestant> troubled = results.contestants().stream()
                .filter(who -> !trouble(who).isEmpty())
                .toList();
        if (!troubled.isEmpty()) text.append('\n');
        for (Contestant who : troubled)
            text.append("- ")
                    .append(who.name())
                    .append(": ")
                    .append(trouble(who))
                    .append('\n');
        return text.toString();
    }

    private List<Contestant> ordered() {
        Comparator<Contestant> order = Comparator.comparingDouble(this::orderOf);
        return results.contestants().stream()
                .filter(who ->
                        results.stat(section.scenario(), who, section.order()).isPresent())
                .sorted(order)
                .toList();
    }

    private double orderOf(Contestant who) {
        double median = results.stat(section.scenario(), who, section.order())
                .orElseThrow()
                .median();
        return section.order().lowIsGood ? median : -median;
    }

    private String row(Contestant who) {
        String name = who.isTandem() ? "**" + who.name() + "**" : who.isFloor() ? "_" + who.name() + "_" : who.name();
        return section.metrics().stream()
                .map(metric -> cell(who, metric))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }

    private String cell(Contestant who, Metric metric) {
        String shown =
                results.stat(section.scenario(), who, metric).map(metric::shown).orElse("");
        boolean incomplete = metric.key.equals("bytes_per_op") && results.lostBytes(section.scenario(), who);
        return incomplete ? shown + " \\*" : shown;
    }

    private String trouble(Contestant who) {
        return results.trouble(section.scenario(), who);
    }
}
