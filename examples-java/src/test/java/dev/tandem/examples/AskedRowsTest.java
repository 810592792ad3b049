package dev.tandem.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.InvalidRequestException;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskedRowsTest {
    private final FakeServer server = FakeServer.start();
    private final JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
            .model("fake-1")
            .build();

    @AfterEach
    void close() {
        ai.close();
        server.close();
    }

    @Test
    void answersComeInTheOrderOfTheRows() {
        server.answering(request -> OpenAiReplies.chat(request.getBody().replaceAll("(?s).*row (\\d+).*", "$1")));
        List<String> answers = new ArrayList<>();
        asked(IntStream.range(0, 30).mapToObj(row -> "row " + row).iterator(), 7)
                .forEachRemaining(answers::add);
        assertEquals(IntStream.range(0, 30).mapToObj(String::valueOf).toList(), answers);
        assertClosed();
    }

    @Test
    void noMoreAreUnderWayThanMayBe() {
        server.always(Reply.silence());
        Iterator<String> rows = List.of("a", "b", "c", "d").iterator();
        AskedRows<String, String> asked = asked(rows, 3);
        assertTrue(asked.hasNext());
        assertTrue(asked.hasNext());
        assertEquals("d", rows.next());
        asked.close();
    }

    @Test
    void whoeverStopsInTheMiddleClosesIt() {
        server.enqueue(OpenAiReplies.chat("first")).always(Reply.silence());
        AskedRows<String, String> asked = asked(List.of("a", "b", "c").iterator(), 1);
        assertEquals("first", asked.next());
        server.awaitRequest();
        assertTrue(asked.hasNext());
        server.awaitRequest();
        asked.close();
        server.awaitHangUp();
        assertClosed();
        assertFalse(asked.hasNext());
        assertThrows(NoSuchElementException.class, asked::next);
    }

    @Test
    void aRowThatFailsEndsItWithItsOwnException() {
        server.always(OpenAiReplies.error(400, "not this one", "invalid_request_error", null));
        AskedRows<String, String> asked = asked(List.of("a", "b").iterator(), 2);
        assertThrows(InvalidRequestException.class, asked::next);
        assertClosed();
    }

    @Test
    void anInterruptEndsIt() {
        server.always(Reply.silence());
        AskedRows<String, String> asked = asked(List.of("a").iterator(), 1);
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, asked::next);
        assertTrue(Thread.interrupted());
        assertClosed();
    }

    private AskedRows<String, String> asked(Iterator<String> rows, int atOnce) {
        return AskedRows.of(rows, ai, atOnce, (client, row) -> client.async().generate(row));
    }

    private void assertClosed() {
        assertThrows(IllegalStateException.class, () -> ai.blocking().generate("Hi"));
    }
}
