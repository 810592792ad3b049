package dev.tandem.bench.floor;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds the one text that matters in a chat completion, and looks at nothing else. */
public final class Content {
    private static final byte[] MEMBER = "\"content\":\"".getBytes(StandardCharsets.ISO_8859_1);

    private Content() {}

    /** Null when there is none. */
    public static String of(byte[] json, int from, int to) {
        int found = find(json, from, to, MEMBER);
        return found < 0 ? null : textAt(json, found + MEMBER.length, to);
    }

    static int find(byte[] in, int from, int to, byte[] wanted) {
        int last = to - wanted.length;
        search:
        for (int i = from; i <= last; i++) {
            for (int j = 0; j < wanted.length; j++) if (in[i + j] != wanted[j]) continue search;
            return i;
        }
        return -1;
    }

    private static String textAt(byte[] json, int from, int to) {
        int signs = 0;
        for (int i = from; i < to; i++) {
            if (json[i] == '"') return new String(json, from, i - from, charset(signs));
            if (json[i] == '\\') return Escapes.undone(json, from, to);
            signs |= json[i];
        }
        throw new IllegalStateException("a text without an end");
    }

    /** Latin-1 is copied, UTF-8 is looked through. */
    private static Charset charset(int signs) {
        return signs >= 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }
}
