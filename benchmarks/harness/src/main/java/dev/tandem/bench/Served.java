package dev.tandem.bench;

import java.util.Locale;

/** What the server is to do with a request. Travels as the name of the model, which every client can set. */
public record Served(Kind kind, int deltas, int millis) {
    public enum Kind {
        /** A whole answer after some milliseconds. */
        LATENCY,
        /** A stream as fast as the socket takes it, many events in each HTTP chunk, as a proxy passes on a backlog. */
        FAST,
        /** The same with each event in an HTTP chunk of its own. */
        EACH,
        /** The same as FAST with the random padding that OpenAI adds to each event. */
        OBFUSCATED,
        /** The same as FAST with escapes in every tenth delta. */
        ESCAPED,
        /** A delta every so many milliseconds; each holds the server's {@link System#nanoTime()}. */
        PACED,
    }

    /** The length of the text in a whole answer. */
    public static final int ANSWER_CHARS = 250;

    public static final int VECTORS = 64;
    public static final int DIMENSIONS = 1536;

    public static Served latency(int millis) {
        return new Served(Kind.LATENCY, 0, millis);
    }

    public static Served fast(Kind kind, int deltas) {
        return new Served(kind, deltas, 0);
    }

    public static Served paced(int deltas, int everyMillis) {
        return new Served(Kind.PACED, deltas, everyMillis);
    }

    public static Served of(String model) {
        String[] parts = model.split("-");
        return new Served(
                Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]));
    }

    public String model() {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + deltas + "-" + millis;
    }
}
