package dev.tandem.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static final byte[] MODEL = Bytes.of("\"model\"");
    private static final byte[] STREAM = Bytes.of("\"stream\"");
    private static final String BODY = "{\"messages\":[], \"model\" : \"latency-0-5\",\"stream\":true}";
    private static final String KNOWN_LENGTH =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    private static final String CHUNKED = "POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";

    @Test
    void requestsCutAnywhereAreWhole() throws IOException {
        String two = KNOWN_LENGTH + CHUNKED;
        for (int cut = 1; cut < two.length(); cut++) {
            assertEquals(List.of("latency-0-5", "latency-0-5"), models(two.substring(0, cut), two.substring(cut)));
        }
    }

    @Test
    void aBodyLongerThanTheBufferIsWhole() throws IOException {
        String body = "{\"input\":\"" + "x".repeat(50_000) + "\",\"model\":\"latency-0-0\"}";
        String request = "POST /v1/embeddings HTTP/1.1\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
        assertEquals(List.of("latency-0-0"), models(request));
    }

    @Test
    void aRequestSaysWhatItIsFor() throws IOException {
        Request request = requests(KNOWN_LENGTH).get(0);
        assertFalse(request.isForEmbeddings());
        assertTrue(request.isTrue(STREAM));
        assertFalse(request.isTrue(Bytes.of("\"store\"")));
    }

    private static List<String> models(String... pieces) throws IOException {
        return requests(pieces).stream().map(request -> request.text(MODEL)).toList();
    }

    private static List<Request> requests(String... pieces) throws IOException {
        RequestReader reader = new RequestReader();
        List<Request> requests = new ArrayList<>();
        for (String piece : pieces) {
            var channel = Channels.newChannel(new ByteArrayInputStream(Bytes.of(piece)));
            while (reader.fillFrom(channel)) {
                for (Request next = reader.next(); next != null; next = reader.next()) requests.add(copy(next));
            }
        }
        return requests;
    }

    /** The reader goes on with the same buffer. */
    private static Request copy(Request request) {
        return new Request(request.bytes().clone(), request.head(), request.body(), request.end());
    }
}
