package dev.tandem.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Embedding;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MiniLmFromJavaTest {
    @Test
    void vectorsWithoutAKey() throws Exception {
        try (JavaAiClient ai = JavaAiClient.builder(MiniLm.bundled()).build()) {
            List<Embedding> vectors = ai.blocking().embedMany(List.of("A cat", "A kitten", "A car"));
            assertTrue(vectors.get(0).cosine(vectors.get(1)) > vectors.get(0).cosine(vectors.get(2)));
            assertEquals(vectors.get(0), ai.async().embed("A cat").get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void settingsAndCounts() {
        assertEquals(2, MiniLm.TOKENS.count("Hello world", null));
        assertEquals(
                "minilm", MiniLm.builder().threads(2).truncates(true).build().getName());
        assertEquals(254, MiniLm.MAX_TOKENS);
    }
}
