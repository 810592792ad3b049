package dev.tandem.bench.floor;

import dev.tandem.bench.Site;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 over one blocking socket, as far as our server speaks it. */
final class RawConnection {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int HEX = 16;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final String pathBefore;
    private final String host;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    RawConnection(Site site) throws IOException {
        Socket socket = new Socket(site.host(), site.port());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        pathBefore = URI.create(site.baseUrl()).getPath();
        host = site.host() + ":" + site.port();
    }

    void post(String path, byte[] body) throws IOException {
        byte[] head = ("POST " + pathBefore + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nAuthorization: Bearer " + Site.API_KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        out.write(request);
    }

    void readBody(Sink sink) throws IOException {
        String head = head();
        if (!head.startsWith("HTTP/1.1 200")) throw new IOException(head);
        int length = head.indexOf("content-length: ");
        if (length < 0) readChunks(sink);
        else pass(Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length))), sink);
    }

    private String head() throws IOException {
        fill();
        int end;
        while ((end = Content.find(buffer, from, to, END_OF_HEAD)) < 0) fillMore();
        String head = new String(buffer, from, end - from + 2, StandardCharsets.ISO_8859_1);
        from = end + END_OF_HEAD.length;
        return head;
    }

    private void readChunks(Sink sink) throws IOException {
        int size;
        while ((size = Integer.parseInt(line(), HEX)) > 0) {
            pass(size, sink);
            line();
        }
        line();
    }

    private void pass(int length, Sink sink) throws IOException {
        for (int left = length; left > 0; ) {
            if (from == to) fill();
            int piece = Math.min(left, to - from);
            sink.take(buffer, from, from + piece);
            from += piece;
            left -= piece;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(8);
        while (true) {
            if (from == to) fill();
            char sign = (char) buffer[from++];
            if (sign == '\n') return line.toString();
            if (sign != '\r') line.append(sign);
        }
    }

    private void fill() throws IOException {
        from = to = 0;
        fillMore();
    }

    private void fillMore() throws IOException {
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) throw new EOFException();
        to += read;
    }

    interface Sink {
        void take(byte[] bytes, int from, int to);
    }
}
