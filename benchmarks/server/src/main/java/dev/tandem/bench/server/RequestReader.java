package dev.tandem.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Cuts what comes over one connection into requests. */
final class RequestReader {
    private static final byte[] END_OF_HEAD = Bytes.of("\r\n\r\n");
    private static final byte[] END_OF_LINE = Bytes.of("\r\n");
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
    private static final int HEX = 16;

    private byte[] bytes = new byte[4096];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);

    /** Where the request that is being read begins. */
    private int begin;

    /** False at the end of the channel. */
    boolean fillFrom(ReadableByteChannel channel) throws IOException {
        if (begin == buffer.position()) {
            buffer.clear();
            begin = 0;
        }
        if (!buffer.hasRemaining()) grow();
        return channel.read(buffer) >= 0;
    }

    /** The next whole request, or null. */
    Request next() {
        int found = Bytes.find(bytes, begin, buffer.position(), END_OF_HEAD);
        if (found < 0) return null;
        int body = found + END_OF_HEAD.length;
        String head = new String(bytes, begin, found - begin, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = head.contains(CHUNKED) ? endOfChunks(body) : body + contentLength(head);
        if (end < 0 || end > buffer.position()) return null;
        Request request = new Request(bytes, begin, body, end);
        begin = end;
        return request;
    }

    private static int contentLength(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) return 0;
        int end = head.indexOf('\r', at + LENGTH.length());
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .strip());
    }

    /** Sizes may stay between the pieces: what is looked for in the body is short and comes in one piece. */
    private int endOfChunks(int body) {
        int at = body;
        while (true) {
            int line = Bytes.find(bytes, at, buffer.position(), END_OF_LINE);
            if (line < 0) return -1;
            int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.ISO_8859_1), HEX);
            at = line + END_OF_LINE.length + size + END_OF_LINE.length;
            if (size == 0) return at;
            if (at > buffer.position()) return -1;
        }
    }

    private void grow() {
        int filled = buffer.position() - begin;
        byte[] larger = filled * 2 > bytes.length ? new byte[bytes.length * 2] : bytes;
        System.arraycopy(bytes, begin, larger, 0, filled);
        bytes = larger;
        buffer = ByteBuffer.wrap(bytes).position(filled);
        begin = 0;
    }
}
