package dev.tandem.bench.runner;

import dev.tandem.bench.runner.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** Runs every scenario with every contender, round by round, and writes down each finding as it is made. */
public final class Runner {
    private final Path benchmarks;
    private final Options options;
    private final List<Entry> entries;
    private final RawResults results;

    private Runner(Path benchmarks, Options options) throws IOException {
        this.benchmarks = benchmarks;
        this.options = options;
        this.entries = Entries.chosen(options.contenders(), options.engines());
        this.results = new RawResults(RawResults.file(benchmarks), options.append());
    }

    /** Arguments: the folder benchmarks, then {@link Options}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path benchmarks = Path.of(args[0]).toAbsolutePath().normalize();
        try {
            new Runner(
                            benchmarks,
                            Options.of(List.of(args).subList(1, args.length).toArray(String[]::new)))
                    .run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private void run() throws IOException, InterruptedException {
        Interruption interruption = Interruption.watched();
        results.addMachine();
        for (Entry entry : entries) results.addContender(entry, benchmarks);
        try (ServerProcess server = new ServerProcess(benchmarks)) {
            int before = results.lastRound();
            for (int round = before + 1; round <= before + options.rounds(); round++) {
                // Who begins finds the machine colder than the others do, so that is somebody else in each round.
                List<Entry> turn = new ArrayList<>(entries);
                Collections.rotate(turn, 1 - round);
                for (String scenario : options.scenarios()) {
                    for (Entry entry : turn) measure(new Trial(entry, scenario, round), server);
                }
            }
        }
        interruption.cannotHappenAnyMore();
        Report.write(benchmarks);
    }

    private void measure(Trial trial, ServerProcess server) throws IOException, InterruptedException {
        server.checkAlive();
        Properties findings = trial.run(benchmarks, server.baseUrl(), options);
        results.add(trial, options.effort(), findings);
        System.out.printf(
                "%d %-15s %-22s %s%n",
                trial.round(), trial.scenario(), trial.entry().name(), Line.of(findings));
    }
}
