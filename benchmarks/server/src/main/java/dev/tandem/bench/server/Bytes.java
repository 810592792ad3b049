package dev.tandem.bench.server;

import java.nio.charset.StandardCharsets;

/** Searching in bytes. */
final class Bytes {
    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where {@code wanted} begins, or -1. */
    static int find(byte[] in, int from, int to, byte[] wanted) {
        int last = to - wanted.length;
        for (int i = from; i <= last; i++) {
            if (in[i] == wanted[0] && matches(in, i, wanted)) return i;
        }
        return -1;
    }

    private static boolean matches(byte[] in, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) if (in[at + i] != wanted[i]) return false;
        return true;
    }
}
