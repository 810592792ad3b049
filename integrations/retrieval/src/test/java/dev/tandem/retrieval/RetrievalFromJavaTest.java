package dev.tandem.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.accounting.TokenCounter;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Embedding;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.retrieval.split.ChunkSize;
import dev.tandem.retrieval.split.Language;
import dev.tandem.retrieval.split.Splitters;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalFromJavaTest {
    private static final String GUIDE = "# Guide\nRead me.\n## Setup\nRun it.\n";

    @TempDir
    Path folder;

    @Test
    void aDocumentIsSplitKeptAndFound() throws Exception {
        List<IndexItem<Chunk>> items = Chunk.items(
                "guide.md", Splitters.markdown(ChunkSize.tokens(100)).split(GUIDE));
        List<String> texts =
                items.stream().map(item -> item.getValue().getText()).collect(Collectors.toList());
        VectorIndex<Chunk> index = new VectorIndex<>();
        try (FakeServer server = FakeServer.start();
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                        .embeddingModel("fake-embed")
                        .build()) {
            server.enqueue(OpenAiReplies.embeddings(new float[] {1, 0}, new float[] {0, 1}));
            server.always(OpenAiReplies.embeddings(new float[] {0.1f, 1}));
            index.addAll(items, ai.blocking().embedMany(texts));
            Hit<Chunk> hit =
                    index.search(ai.blocking().embed("How do I set it up?"), 1).get(0);
            assertEquals("Guide > Setup", hit.getMetadata().get(Chunk.HEADINGS));
            assertEquals(
                    GUIDE.substring(hit.getValue().getStart(), hit.getValue().getEnd()),
                    hit.getValue().getText());
            List<Hit<Chunk>> later = ai.async()
                    .embed("How do I set it up?")
                    .thenApply(query -> index.search(query, 5))
                    .get(10, TimeUnit.SECONDS);
            assertEquals(hit.getId(), later.get(0).getId());
        }
        Path file = folder.resolve("guide.index");
        index.save(file, ValueFormat.CHUNK);
        assertEquals(2, VectorIndex.load(file, ValueFormat.CHUNK).getSize());
    }

    @Test
    void hitsAreFiltered() {
        VectorIndex<String> index = new VectorIndex<>(Similarity.EUCLIDEAN);
        Embedding here = new Embedding(new float[] {0, 0});
        index.add("a", here, "first", Map.of("lang", "en"));
        index.add("b", new Embedding(new float[] {3, 4}), "second", Map.of("lang", "de"));
        assertEquals("b", index.search(here, 1, Map.of("lang", "de")).get(0).getId());
        assertEquals(
                -5,
                index.search(here, 1, item -> item.getValue().equals("second"))
                        .get(0)
                        .getScore(),
                1e-9);
        assertEquals("a", index.search(here, 5, -4.9).get(0).getId());
        assertEquals(
                0, index.search(here, 5, -4.9, item -> item.getId().equals("b")).size());
        assertTrue(index.remove("a"));
        assertEquals(1, index.removeIf(item -> "de".equals(item.getMetadata().get("lang"))));
        index.add("c", here, "third");
        assertEquals("third", index.items().get(0).getValue());
        index.clear();
        assertEquals(0, index.getSize());
    }

    @Test
    void everyWayToSplit() {
        ChunkSize size = ChunkSize.chars(12).overlap(2);
        assertEquals(
                2, Splitters.characters(size).split("twenty characters ...").size());
        assertEquals(2, Splitters.sentences(size).split("It rains. It pours.").size());
        assertEquals(2, Splitters.recursive(size).split("It rains. It pours.").size());
        assertEquals(1, Splitters.code(Language.JAVA, size).split("class A {}").size());
        ChunkSize tokens = ChunkSize.tokens(5, TokenCounter.ESTIMATE, "gpt-4o");
        assertEquals(
                2,
                Splitters.recursive(tokens).split("one two three four five six").size());
    }
}
