package dev.tandem.bench.server;

import java.nio.ByteBuffer;

/** Heads and framing of HTTP/1.1, kept alive. */
final class Http {
    static final byte[] LAST_CHUNK = Bytes.of("0\r\n\r\n");
    private static final byte[] LINE_END = Bytes.of("\r\n");

    private Http() {}

    static byte[] json(String body) {
        byte[] bytes = Bytes.of(body);
        return joined(head("application/json", "content-length: " + bytes.length), bytes);
    }

    static byte[] eventStreamHead() {
        return head("text/event-stream; charset=utf-8", "transfer-encoding: chunked");
    }

    static byte[] chunk(byte[] content) {
        return joined(Bytes.of(Integer.toHexString(content.length) + "\r\n"), content, LINE_END);
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) all.put(part);
        return all.array();
    }

    /** What a socket takes without another copy. */
    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] head(String type, String framing) {
        return Bytes.of("HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\n" + framing
                + "\r\nx-request-id: req_3b5d7f9a1c2e4f60\r\nopenai-processing-ms: 1\r\n\r\n");
    }
}
