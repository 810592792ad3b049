package dev.tandem.bench.runner.report;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** All findings, by scenario and contestant. */
final class Results {
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();
    private final List<JsonObject> findings = new ArrayList<>();
    private final TreeSet<String> machines = new TreeSet<>();
    private final List<Double> loads = new ArrayList<>();

    Results(List<JsonObject> lines) {
        for (JsonObject line : lines) {
            switch (line.get("type").getAsString()) {
                case "machine" -> addMachine(line);
                case "contender" -> addContestant(line);
                default -> findings.add(line);
            }
        }
    }

    private void addMachine(JsonObject line) {
        machines.add(line.get("cores").getAsInt() + " cores, " + line.get("jdk").getAsString());
        loads.add(line.get("load").getAsDouble());
    }

    private void addContestant(JsonObject line) {
        String name = line.get("contender").getAsString();
        contestants.put(
                name,
                new Contestant(
                        name,
                        line.get("group").getAsString(),
                        line.get("version").getAsString(),
                        line.get("jars").getAsInt(),
                        line.get("mb").getAsDouble()));
    }

    Iterable<String> machines() {
        return machines;
    }

    /** How many threads wanted a core before the first measurement of each run that these results come from. */
    Stat load() {
        return Stat.of(loads.stream().mapToDouble(Double::doubleValue).toArray());
    }

    List<Contestant> contestants() {
        return List.copyOf(contestants.values());
    }

    Optional<Contestant> named(String name) {
        return Optional.ofNullable(contestants.get(name));
    }

    /** The most rounds that anything was measured in. */
    int rounds() {
        return findings.stream()
                .mapToInt(finding -> finding.get("round").getAsInt())
                .max()
                .orElse(0);
    }

    boolean isQuick() {
        return findings.stream()
                .anyMatch(finding -> finding.get("effort").getAsString().equals("QUICK"));
    }

    boolean has(String scenario) {
        return findings.stream()
                .anyMatch(finding -> finding.get("scenario").getAsString().equals(scenario));
    }

    Optional<Stat> stat(String scenario, Contestant who, Metric metric) {
        double[] values = of(scenario, who).stream()
                .map(finding -> number(finding, metric.key))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(value -> value.getAsDouble() / metric.unit)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Stat.of(values));
    }

    /** How much more one of Tandem's styles takes than another, round by round. */
    Optional<Stat> ratio(String scenario, String more, String less, Metric metric) {
        Optional<Contestant> one = named(more);
        Optional<Contestant> other = named(less);
        if (one.isEmpty() || other.isEmpty()) return Optional.empty();
        double[] ratios = IntStream.rangeClosed(1, rounds())
                .mapToObj(round -> figure(scenario, one.get(), metric, round)
                        .flatMap(a ->
                                figure(scenario, other.get(), metric, round).map(b -> a / b)))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return ratios.length == 0 ? Optional.empty() : Optional.of(Stat.of(ratios));
    }

    Optional<Double> figure(String scenario, Contestant who, Metric metric, int round) {
        return of(scenario, who).stream()
                .filter(finding -> finding.get("round").getAsInt() == round)
                .map(finding -> number(finding, metric.key))
                .filter(OptionalDouble::isPresent)
                .map(value -> value.getAsDouble() / metric.unit)
                .findFirst();
    }

    /** Measured, and without an error in any round: fit to be compared. */
    boolean isSound(String scenario, Contestant who) {
        List<JsonObject> all = of(scenario, who);
        return !all.isEmpty()
                && all.stream().allMatch(finding -> number(finding, "errors").orElse(1) == 0);
    }

    /** What went wrong, or what is not offered; "" when nothing. */
    String trouble(String scenario, Contestant who) {
        for (JsonObject finding : of(scenario, who)) {
            if (finding.has("failure")) return "failed: " + words(finding, "failure");
            if (finding.has("not_offered")) return "not offered: " + words(finding, "not_offered");
            if (finding.has("first_error")) return "errors, such as: " + words(finding, "first_error");
        }
        return "";
    }

    /** True when threads ended in a measurement, and what they allocated is not in the figures. */
    boolean lostBytes(String scenario, Contestant who) {
        return of(scenario, who).stream()
                .anyMatch(finding -> number(finding, "ended_threads").orElse(0) > 0);
    }

    private List<JsonObject> of(String scenario, Contestant who) {
        return findings.stream()
                .filter(finding -> finding.get("scenario").getAsString().equals(scenario))
                .filter(finding -> finding.get("contender").getAsString().equals(who.name()))
                .toList();
    }

    private static OptionalDouble number(JsonObject finding, String key) {
        return finding.has(key) ? OptionalDouble.of(finding.get(key).getAsDouble()) : OptionalDouble.empty();
    }

    private static String words(JsonObject finding, String key) {
        return Words.brief(finding.get(key).getAsString());
    }
}
