package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.Embedding;
import dev.tandem.model.EmbeddingRequest;
import dev.tandem.model.EmbeddingResponse;
import dev.tandem.model.Options;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddingTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;

    @Test
    void manyTextsAreOneCallInEveryStyle() throws Exception {
        server.answering(EmbeddingTest::lengths);
        List<String> texts = IntStream.range(0, 5000).mapToObj(i -> "text " + i).collect(Collectors.toList());
        EmbeddingRequest request =
                EmbeddingRequest.builder().inputs(texts).normalized(true).build();
        try (JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                .embeddingModel("fake-embed")
                .embeddingConcurrency(2)
                .build()) {
            EmbeddingResponse blocking = ai.blocking().embed(request);
            assertEquals(5000, blocking.getEmbeddings().size());
            assertEquals(21, blocking.getUsage().getInputTokens());
            assertEquals(
                    new Embedding(new float[] {1, 0}), blocking.getEmbeddings().get(4999));
            assertEquals(
                    blocking.getEmbeddings(), get(ai.async().embed(request)).getEmbeddings());
            assertEquals(
                    blocking.getEmbeddings(),
                    Collected.all(ai.reactive().embed(request)).first().getEmbeddings());
            assertEquals(9, server.getRequests().size());
            assertEquals(3, ai.stats().getSuccessful());
        }
    }

    @Test
    void optionsOfOneCall() throws Exception {
        server.answering(EmbeddingTest::lengths);
        Options other = CallOptions.builder().model("another").build();
        Embedding one = scene.ai.blocking().embed("abc", other);
        assertEquals(one, get(scene.ai.async().embed("abc", other)));
        assertEquals(one, Collected.all(scene.ai.reactive().embed("abc", other)).first());
        List<String> texts = List.of("abc");
        assertEquals(List.of(one), scene.ai.blocking().embedMany(texts, other));
        assertEquals(List.of(one), get(scene.ai.async().embedMany(texts, other)));
        assertEquals(
                List.of(one),
                Collected.all(scene.ai.reactive().embedMany(texts, other)).first());
        assertTrue(server.getRequests().stream().allMatch(r -> r.getBody().contains("another")));
    }

    @Test
    void vectorsCompare() {
        Embedding one = new Embedding(new float[] {3, 4});
        Embedding other = new Embedding(new float[] {4, 3});
        assertEquals(0.96, one.cosine(other), 1e-9);
        assertEquals(24, one.dot(other), 1e-9);
        assertEquals(Math.sqrt(2), one.euclidean(other), 1e-9);
        assertEquals(0.96, one.normalized().dot(other.normalized()), 1e-6);
        assertThrows(IllegalArgumentException.class, () -> one.dot(new Embedding(new float[1])));
    }

    /** Each text's length as a vector. */
    private static Reply lengths(FakeRequest request) {
        JsonElement inputs = JsonElementKt.getJsonObject(Json.Default.parseToJsonElement(request.getBody()))
                .get("input");
        return OpenAiReplies.embeddings(JsonElementKt.getJsonArray(inputs).stream()
                .map(text -> new float[] {text.toString().length(), 0})
                .toArray(float[][]::new));
    }
}
