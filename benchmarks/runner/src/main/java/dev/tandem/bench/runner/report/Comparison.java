package dev.tandem.bench.runner.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tandem and the best peer, by one metric of one scenario: of each round in which both took part the two figures of that very
 * round, since the machine is not as fast in every hour; of the rounds the one in the middle.
 */
record Comparison(Section section, Metric metric, Contestant peer, double peers, double tandems) {
    /** Empty when there is no round with a sound figure of both. */
    static Optional<Comparison> of(Results results, Section section, Metric metric, String tandem) {
        Optional<Contestant> ours = results.named(tandem);
        if (ours.isEmpty() || !results.isSound(section.scenario(), ours.get())) return Optional.empty();
        List<Comparison> rounds = new ArrayList<>();
        for (int round = 1; round <= results.rounds(); round++) {
            of(results, section, metric, ours.get(), round).ifPresent(rounds::add);
        }
        if (rounds.isEmpty()) return Optional.empty();
        Comparator<Comparison> order = Comparator.comparingDouble(Comparison::ratio);
        rounds.sort(metric.lowIsGood ? order : order.reversed());
        // Of two in the middle, the worse one.
        return Optional.of(rounds.get(rounds.size() / 2));
    }

    private static Optional<Comparison> of(
            Results results, Section section, Metric metric, Contestant ours, int round) {
        Optional<Double> figure = results.figure(section.scenario(), ours, metric, round);
        return figure.flatMap(our -> best(results, section, metric, round)
                .map(peer -> new Comparison(
                        section,
                        metric,
                        peer,
                        results.figure(section.scenario(), peer, metric, round).orElseThrow(),
                        our)));
    }

    boolean peerIsAhead() {
        return metric.isBetter(peers, tandems);
    }

    double ratio() {
        return tandems / peers;
    }

    private static Optional<Contestant> best(Results results, Section section, Metric metric, int round) {
        String scenario = section.scenario();
        Comparator<Contestant> order = Comparator.comparingDouble(
                who -> results.figure(scenario, who, metric, round).orElseThrow());
        return results.contestants().stream()
                .filter(Contestant::isPeer)
                .filter(who -> results.isSound(scenario, who))
                .filter(who -> results.figure(scenario, who, metric, round).isPresent())
                .min(metric.lowIsGood ? order : order.reversed());
    }
}
