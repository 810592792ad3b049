package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.RateLimitedException;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.RawRequest;
import dev.tandem.model.RawResponse;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Java brings to the provider by its own way: chats that were written down, and files. */
class WritingTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void aChatIsWrittenInEveryStyleAndReadAgain() throws Exception {
        ChatRequest request = ChatRequest.of("Hi");
        RawRequest written = ai.blocking().write(request);
        assertEquals("/chat/completions", written.getPath());
        assertEquals(written.getBody(), get(ai.async().write(request)).getBody());
        assertEquals(
                written.getBody(),
                Collected.all(ai.reactive().write(request)).toList().get(0).getBody());
        assertEquals(0, server.getRequests().size());
        server.enqueue(OpenAiReplies.chat("Hello"));
        assertEquals("Hello", ai.read(ai.blocking().send(written)).getText());
        RawResponse refused = RawResponse.of(429, Map.of(), "{\"error\":{\"message\":\"slow down\"}}");
        assertThrows(RateLimitedException.class, () -> ai.read(refused));
    }

    @Test
    void aFileIsSentOnce() {
        server.enqueue(Reply.json("{\"id\":\"file-1\"}"));
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
        RawRequest upload = RawRequest.upload("/files", Map.of("purpose", "batch"), "a.jsonl", "text/plain", bytes);
        assertEquals("{\"id\":\"file-1\"}", ai.blocking().send(upload.once()).getBody());
        assertTrue(server.awaitRequest().getBody().contains("filename=\"a.jsonl\""));
    }

    @Test
    void aClientSaysWhomItAsks() {
        assertEquals("openai-compatible", ai.getProvider());
    }
}
