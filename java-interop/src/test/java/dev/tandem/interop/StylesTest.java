package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static dev.tandem.interop.Fixtures.textOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Embedding;
import dev.tandem.model.EmbeddingRequest;
import dev.tandem.model.Options;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same call in every style gives the same result. */
class StylesTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void generate() throws Exception {
        Options options = CallOptions.builder()
                .temperature(0.2)
                .timeout(Duration.ofSeconds(30))
                .build();
        server.always(OpenAiReplies.chat("Hello"));
        assertEquals("Hello", ai.blocking().generate("Hi"));
        assertEquals("Hello", ai.blocking().generate("Hi", options));
        assertEquals("Hello", get(ai.async().generate("Hi")));
        assertEquals("Hello", get(ai.async().generate("Hi", options)));
        assertEquals(
                List.of("Hello"), Collected.all(ai.reactive().generate("Hi")).toList());
        assertEquals(
                List.of("Hello"),
                Collected.all(ai.reactive().generate("Hi", options)).toList());
        assertEquals(6, server.getRequests().size());
        assertEquals(
                3,
                server.getRequests().stream()
                        .filter(r -> r.getBody().contains("0.2"))
                        .count());
    }

    @Test
    void chat() throws Exception {
        ChatRequest request = ChatRequest.builder()
                .system("Be brief")
                .user("Hi")
                .maxTokens(10)
                .build();
        server.always(OpenAiReplies.chat("Hello"));
        ChatResponse blocking = ai.blocking().chat(request);
        ChatResponse async = get(ai.async().chat(request));
        ChatResponse reactive = Collected.all(ai.reactive().chat(request)).first();
        for (ChatResponse response : Arrays.asList(blocking, async, reactive)) {
            assertEquals("Hello", response.getText());
            assertEquals(5, response.getUsage().getTotalTokens());
            assertEquals("req-1", response.getMetadata().get("requestId"));
        }
    }

    @Test
    void stream() throws Exception {
        ChatRequest request = ChatRequest.of("Hi");
        server.always(OpenAiReplies.stream("a", "ä", "😀"));
        StringBuilder blocking = new StringBuilder();
        try (ChatStream stream = ai.blocking().stream("Hi")) {
            for (ChatEvent event : stream) blocking.append(event.getText());
            assertEquals("aä😀", stream.response().getText());
        }
        List<ChatEvent> async = new ArrayList<>();
        get(ai.async().stream(request, async::add));
        List<ChatEvent> reactive = Collected.all(ai.reactive().stream(request)).toList();
        assertEquals("aä😀", blocking.toString());
        assertEquals("aä😀", textOf(async));
        assertEquals("aä😀", textOf(reactive));
        assertInstanceOf(ChatEvent.Completed.class, reactive.get(reactive.size() - 1));
    }

    @Test
    void streamText() throws Exception {
        server.always(OpenAiReplies.stream("a", "b"));
        try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
            assertEquals(List.of("a", "b"), listOf(stream));
        }
        List<String> async = new ArrayList<>();
        get(ai.async().streamText("Hi", async::add));
        assertEquals(List.of("a", "b"), async);
        assertEquals(
                List.of("a", "b"), Collected.all(ai.reactive().streamText("Hi")).toList());
    }

    @Test
    void embed() throws Exception {
        List<String> texts = List.of("a", "b");
        server.always(OpenAiReplies.embeddings(new float[] {1, 2}, new float[] {3, 4}));
        List<Embedding> blocking = ai.blocking().embedMany(texts);
        assertEquals(4f, blocking.get(1).getVector()[1]);
        assertEquals(blocking, get(ai.async().embedMany(texts)));
        assertEquals(
                List.of(blocking), Collected.all(ai.reactive().embedMany(texts)).toList());
        EmbeddingRequest request =
                EmbeddingRequest.builder().inputs(texts).dimensions(2).build();
        assertEquals(blocking, ai.blocking().embed(request).getEmbeddings());
        assertEquals(7, get(ai.async().embed(request)).getUsage().getInputTokens());
        assertEquals(
                blocking, Collected.all(ai.reactive().embed(request)).first().getEmbeddings());
        server.always(OpenAiReplies.embeddings(new float[] {1, 2}));
        assertEquals(blocking.get(0), ai.blocking().embed("a"));
        assertEquals(blocking.get(0), get(ai.async().embed("a")));
        assertEquals(blocking.get(0), Collected.all(ai.reactive().embed("a")).first());
    }

    @Test
    void models() throws Exception {
        server.always(OpenAiReplies.models("m"));
        assertEquals("m", ai.blocking().models().get(0).getId());
        assertEquals(ai.blocking().models(), get(ai.async().models()));
        assertEquals(
                List.of(ai.blocking().models()),
                Collected.all(ai.reactive().models()).toList());
    }

    @Test
    void warmUp() throws Exception {
        server.always(OpenAiReplies.models("m"));
        ai.blocking().warmUp();
        get(ai.async().warmUp());
        assertEquals(List.of(), Collected.all(ai.reactive().warmUp()).toList());
        assertEquals(3, server.getRequests().size());
        assertEquals(1, server.getConnectionCount());
    }

    @Test
    void theClientKnowsItself() {
        server.always(OpenAiReplies.chat("x"));
        ai.blocking().generate("Hi");
        assertEquals(1, ai.stats().getSuccessful());
        ai.resetStats();
        assertEquals(0, ai.stats().getTotal());
        assertEquals(ai.version(), ai.systemInfo().getVersion());
        assertEquals(true, ai.healthCheck().isHealthy());
        assertEquals("AiClient(openai-compatible)", ai.toString());
        assertSame(ai.core(), JavaAiClient.of(ai.core()).core());
    }
}
