package dev.tandem.bench.server;

import java.nio.charset.StandardCharsets;

/** A request whose bytes are in a buffer; to be used before the next one is read. */
record Request(byte[] bytes, int head, int body, int end) {
    private static final byte[] EMBEDDINGS = Bytes.of("/embeddings ");

    boolean isForEmbeddings() {
        int lineEnd = Bytes.find(bytes, head, body, new byte[] {'\r'});
        return Bytes.find(bytes, head, lineEnd, EMBEDDINGS) >= 0;
    }

    /** The text of a member of the body, wherever it is; "" when there is none. */
    String text(byte[] quotedName) {
        int at = valueOf(quotedName);
        if (at < 0 || bytes[at] != '"') return "";
        int close = at + 1;
        while (bytes[close] != '"') close++;
        return new String(bytes, at + 1, close - at - 1, StandardCharsets.ISO_8859_1);
    }

    boolean isTrue(byte[] quotedName) {
        int at = valueOf(quotedName);
        return at >= 0 && bytes[at] == 't';
    }

    private int valueOf(byte[] quotedName) {
        int at = Bytes.find(bytes, body, end, quotedName);
        if (at < 0) return -1;
        at += quotedName.length;
        while (at < end && (bytes[at] == ' ' || bytes[at] == ':')) at++;
        return at < end ? at : -1;
    }
}
