package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tandem.model.EmbeddingRequest;
import dev.tandem.model.Options;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By what a gateway can tell that it has had a request before. */
class IdempotencyTest {
    private static final Reply BUSY = OpenAiReplies.error(500, "try later", "server_error", null);

    private final FakeServer server = FakeServer.start();
    private final JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
            .model("fake-1")
            .embeddingModel("fake-embed")
            .retry(r -> r.maxAttempts(2).firstPauseMillis(1).idempotencyHeader("Idempotency-Key"))
            .build();

    @AfterEach
    void close() {
        ai.close();
        server.close();
    }

    @Test
    void allAttemptsCarryTheSameKeyWhereTheServerKnowsOne() {
        server.enqueue(BUSY, OpenAiReplies.chat("a"), OpenAiReplies.chat("b"));
        ai.blocking().generate("Hi");
        ai.blocking().generate("Hi");
        List<String> keys = keys();
        assertEquals(keys.get(0), keys.get(1));
        assertNotEquals(keys.get(1), keys.get(2));
    }

    @Test
    void aCallMadeOnceMoreHasTheSameKeysAndEachRequestItsOwn() {
        Options mine = CallOptions.builder().header("idempotency-key", "row-7").build();
        for (int time = 0; time < 2; time++) {
            server.enqueue(OpenAiReplies.chat("no number"), OpenAiReplies.chat("{\"value\":7}"));
            assertEquals(7, ai.blocking().extract("Seven", Integer.class, mine));
        }
        assertEquals(List.of("row-7-1", "row-7-3", "row-7-1", "row-7-3"), keys());
    }

    @Test
    void eachPartOfManyTextsHasAKeyOfItsOwn() {
        for (String text : List.of("one", "two", "one")) {
            server.enqueue(OpenAiReplies.embeddings(new float[] {1}));
            EmbeddingRequest.Builder asked = EmbeddingRequest.builder().input(text);
            ai.blocking().embed(asked.header("Idempotency-Key", "row-7").build());
        }
        List<String> keys = keys();
        assertEquals(keys.get(0), keys.get(2));
        assertNotEquals(keys.get(0), keys.get(1));
    }

    private List<String> keys() {
        return server.getRequests().stream()
                .map(r -> r.header("Idempotency-Key"))
                .collect(Collectors.toList());
    }
}
