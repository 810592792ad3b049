package dev.tandem.bench.server;

import dev.tandem.bench.Served;
import java.util.Random;

/** The texts of a stream: words of different length, the same in each run. */
final class Deltas {
    private static final String[] WORDS = {
        " the",
        " scope",
        " ends",
        " when",
        " its",
        " tasks",
        " have",
        " ended",
        ",",
        " and",
        " a",
        " failure",
        " of",
        " one",
        " cancels",
        " others",
        ".",
        " Nothing",
        " outlives",
        " it",
        " structured",
        " con",
        "currency",
        " is",
    };
    private static final String[] ESCAPED = {"\\n\\n", " \\\"scope\\\"", "\\n- ", "\\tcaf\\u00e9", " \\\\d+"};
    private static final int EVERY_TENTH = 10;
    private static final int LONGEST_PADDING = 16;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final Served.Kind kind;
    private final Random random = new Random(7);
    private int count;

    Deltas(Served.Kind kind) {
        this.kind = kind;
    }

    /** The next event. */
    byte[] next() {
        int number = count++;
        boolean escaped = kind == Served.Kind.ESCAPED && number % EVERY_TENTH == 0;
        String text = escaped ? ESCAPED[number / EVERY_TENTH % ESCAPED.length] : WORDS[number % WORDS.length];
        return Chunks.delta(text, kind == Served.Kind.OBFUSCATED ? ",\"obfuscation\":\"" + padding() + "\"" : "");
    }

    private String padding() {
        StringBuilder padding = new StringBuilder();
        for (int left = random.nextInt(LONGEST_PADDING) + 1; left > 0; left--) {
            padding.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return padding.toString();
    }
}
