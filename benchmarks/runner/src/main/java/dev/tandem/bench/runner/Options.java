package dev.tandem.bench.runner;

import dev.tandem.bench.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;

/** What the command line asks for. */
record Options(
        boolean quick,
        boolean append,
        int rounds,
        List<String> scenarios,
        List<String> contenders,
        List<Engine> engines) {
    static final String USAGE = """
            --quick                 short measurements, one round
            --rounds N              how often each measurement is made (3)
            --only s1,s3a           some scenarios
            --contenders a,b        some contenders
            --engine name=jar:jar   Tandem on another engine too; may be repeated
            --append                adds to the results that are there
            """;

    static Options of(String[] args) {
        boolean quick = false;
        boolean append = false;
        int rounds = 0;
        List<String> scenarios = new ArrayList<>();
        List<String> contenders = new ArrayList<>();
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--append" -> append = true;
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--only" -> scenarios.addAll(List.of(args[++i].split(",")));
                case "--contenders" -> contenders.addAll(List.of(args[++i].split(",")));
                case "--engine" -> engines.add(Engine.of(args[++i]));
                default -> throw new IllegalArgumentException("'" + args[i] + "' is not an option:\n" + USAGE);
            }
        }
        if (scenarios.isEmpty()) Scenarios.names().forEach(scenarios::add);
        scenarios.forEach(Scenarios::named);
        if (rounds == 0) rounds = quick ? 1 : 3;
        return new Options(quick, append, rounds, scenarios, contenders, engines);
    }

    /** How long one measurement may take. */
    long limitSeconds() {
        return quick ? 60 : 180;
    }

    String effort() {
        return quick ? "QUICK" : "FULL";
    }
}
