package dev.tandem.bench.runner.report;

import java.util.Optional;

/** Which goals are met. The machine decides about limits as much as Tandem does; ratios to the best peer say more. */
final class GoalTable {
    private static final String HEAD = """
            | goal | limit | Tandem | | ratio to the best peer | Tandem | |
            |---|---|---|---|---|---|---|
            """;
    private static final double BLOCKING_TO_SUSPEND = 1.5;

    private final Results results;

    GoalTable(Results results) {
        this.results = results;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Goal goal : Goal.ALL) text.append(row(goal)).append('\n');
        return text.append(blockingToSuspend()).append('\n').toString();
    }

    private String row(Goal goal) {
        Optional<Stat> stat = stat(goal.scenario(), goal.contestant(), goal.metric());
        return "| " + goal.what() + " | " + sign(goal) + Metric.shown(goal.limit()) + " | "
                + stat.map(goal.metric()::shown).orElse("not measured") + " | "
                + stat.map(value -> verdict(goal.isMetBy(value.median()))).orElse("") + " | " + ratio(goal) + " |";
    }

    private String ratio(Goal goal) {
        if (goal.ratio() == 0) return " | | ";
        Optional<Comparison> found =
                Comparison.of(results, Section.of(goal.scenario()), goal.metric(), goal.contestant());
        String limit = sign(goal) + Metric.shown(goal.ratio()) + " | ";
        return limit
                + found.map(both -> Metric.shown(both.ratio()) + " of "
                                + both.peer().name() + " | " + verdict(goal.isMetByRatio(both.ratio())))
                        .orElse("not measured | ");
    }

    private String blockingToSuspend() {
        Optional<Stat> ratio = results.ratio("s3a", "tandem-blocking", "tandem", Metric.CPU_PER_DELTA);
        String row = "| S3a, CPU per delta, blocking to suspend | ≤ " + Metric.shown(BLOCKING_TO_SUSPEND) + " | ";
        return row
                + ratio.map(both -> Metric.shown(both.median()) + " | " + verdict(both.median() <= BLOCKING_TO_SUSPEND)
                                + " | | | |")
                        .orElse("not measured | | | | |");
    }

    private Optional<Stat> stat(String scenario, String contestant, Metric metric) {
        return results.named(contestant).flatMap(who -> results.stat(scenario, who, metric));
    }

    private static String sign(Goal goal) {
        return goal.metric().lowIsGood ? "≤ " : "≥ ";
    }

    private static String verdict(boolean isMet) {
        return isMet ? "met" : "**not met**";
    }
}
