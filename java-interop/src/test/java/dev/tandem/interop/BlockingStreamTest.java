package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatEvent;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockingStreamTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void sendsNothingBeforeTheFirstItemIsAskedFor() {
        ChatStream unread = ai.blocking().stream("Hi");
        unread.close();
        assertThrows(IllegalStateException.class, () -> unread.iterator().hasNext());
        assertEquals(0, server.getRequests().size());
    }

    @Test
    void responseReadsWhatIsLeft() {
        server.enqueue(OpenAiReplies.stream("a", "b", "c"));
        try (ChatStream stream = ai.blocking().stream("Hi")) {
            assertEquals("a", stream.iterator().next().getText());
            assertEquals("abc", stream.response().getText());
            assertEquals("abc", stream.response().getText());
            assertFalse(stream.iterator().hasNext());
            assertThrows(NoSuchElementException.class, () -> stream.iterator().next());
        }
    }

    @Test
    void responseOutlivesTheStreamItHasComeFrom() {
        server.enqueue(OpenAiReplies.stream("a"));
        ChatStream stream = ai.blocking().stream("Hi");
        for (ChatEvent event : stream) if (event instanceof ChatEvent.Completed) break;
        stream.close();
        assertEquals("a", stream.response().getText());
    }

    @Test
    void isAJavaStreamToo() {
        server.enqueue(OpenAiReplies.stream("a", "b", "c"));
        try (Stream<ChatEvent> events = ai.blocking().stream("Hi").stream()) {
            List<String> texts = events.map(ChatEvent::getText).limit(2).collect(Collectors.toList());
            assertEquals(List.of("a", "b"), texts);
        }
    }

    @Test
    void closingTheJavaStreamClosesTheSocket() {
        server.enqueue(OpenAiReplies.streamThenHold("a"));
        try (Stream<String> texts = ai.blocking().streamText("Hi").stream()) {
            assertEquals("a", texts.iterator().next());
        }
        server.awaitHangUp();
    }

    @Test
    void leavingTheLoopClosesTheSocket() {
        server.enqueue(OpenAiReplies.streamThenHold("a"));
        try (ChatStream stream = ai.blocking().stream("Hi")) {
            for (ChatEvent event : stream) {
                assertEquals("a", event.getText());
                break;
            }
        }
        server.awaitHangUp();
    }

    @Test
    void asksForOneItemAtATime() {
        // Far more than the buffers on the way can hold, so that the server must wait for the reader.
        String[] pieces = Stream.generate(() -> "x".repeat(1_000)).limit(50_000).toArray(String[]::new);
        server.enqueue(OpenAiReplies.stream(pieces));
        long before = usedMemory();
        try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
            Iterator<String> texts = stream.iterator();
            for (int i = 0; i < 10; i++) assertEquals(1_000, texts.next().length());
            for (int i = 0; i < 10_000; i++) texts.next();
            assertTrue(usedMemory() - before < 30_000_000, "a slow reader must not make the client collect");
        }
        server.awaitHangUp();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
