package dev.tandem.bench.runner.report;

import java.util.Comparator;
import java.util.Optional;

/** Tandem and the best peer, by one metric of one scenario. */
record Comparison(Section section, Metric metric, Contestant peer, double peers, double tandems) {
    /** Empty when one of them has no sound figure. */
    static Optional<Comparison> of(Results results, Section section, Metric metric, String tandem) {
        Optional<Contestant> ours = results.named(tandem);
        if (ours.isEmpty() || !results.isSound(section.scenario(), ours.get())) return Optional.empty();
        Optional<Stat> figure = results.stat(section.scenario(), ours.get(), metric);
        return figure.flatMap(our -> best(results, section, metric)
                .map(peer ->
                        new Comparison(section, metric, peer, median(results, section, metric, peer), our.median())));
    }

    boolean peerIsAhead() {
        return metric.isBetter(peers, tandems);
    }

    double ratio() {
        return tandems / peers;
    }

    private static Optional<Contestant> best(Results results, Section section, Metric metric) {
        Comparator<Contestant> order = Comparator.comparingDouble(who -> median(results, section, metric, who));
        return results.contestants().stream()
                .filter(Contestant::isPeer)
                .filter(who -> results.isSound(section.scenario(), who))
                .filter(who -> results.stat(section.scenario(), who, metric).isPresent())
                .min(metric.lowIsGood ? order : order.reversed());
    }

    private static double median(Results results, Section section, Metric metric, Contestant who) {
        return results.stat(section.scenario(), who, metric).orElseThrow().median();
    }
}
