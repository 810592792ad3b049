package dev.tandem.bench.scenario;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.Served;
import java.util.LinkedHashMap;
import java.util.Map;

/** All scenarios by name, in the order in which they are run and shown. */
public final class Scenarios {
    private static final int DELTAS = 200_000;
    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        ALL.put("s1", new SequentialCalls());
        ALL.put("s2a", new ManyCalls(1_000, 100, 50));
        ALL.put("s2b", new ManyCalls(10_000, 1_000, 200));
        ALL.put("s3a", new FastStream(Served.Kind.FAST, DELTAS));
        ALL.put("s3a-each", new FastStream(Served.Kind.EACH, DELTAS));
        ALL.put("s3a-obfuscated", new FastStream(Served.Kind.OBFUSCATED, DELTAS));
        ALL.put("s3a-escaped", new FastStream(Served.Kind.ESCAPED, DELTAS));
        ALL.put("s3b", new PacedStreams(500, 100, 20));
        ALL.put("s4f", new Embeddings(Encoding.FLOAT));
        ALL.put("s4b", new Embeddings(Encoding.BASE64));
        ALL.put("s5", new FirstAnswer());
        ALL.put("simple", new Workflow(Prompts.SHORT, 1));
        ALL.put("sequential", new Workflow(Prompts.SHORT, 1, 1, 1, 1));
        ALL.put("parallel", new Workflow(Prompts.SHORT, 4));
        ALL.put("complex", new Workflow(Prompts.SHORT, 1, 1, 2, 1));
        ALL.put("memory", new Workflow(Prompts.LONG, 1));
        ALL.put("concurrent", new Workflow(Prompts.SHORT, 10));
    }

    private Scenarios() {}

    public static Iterable<String> names() {
        return ALL.keySet();
    }

    public static Scenario named(String name) {
        Scenario scenario = ALL.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException("no scenario is named '" + name + "'; there are " + ALL.keySet());
        }
        return scenario;
    }
}
