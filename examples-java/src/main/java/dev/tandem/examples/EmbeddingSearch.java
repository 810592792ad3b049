package dev.tandem.examples;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Embedding;
import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.retrieval.Chunk;
import dev.tandem.retrieval.Hit;
import dev.tandem.retrieval.IndexItem;
import dev.tandem.retrieval.ValueFormat;
import dev.tandem.retrieval.VectorIndex;
import dev.tandem.retrieval.split.ChunkSize;
import dev.tandem.retrieval.split.Splitters;
import dev.tandem.testing.script.ScriptedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A document is split, its parts are found by their vectors, and kept in a file. Needs no key; with {@code OPENAI_API_KEY} set
 * OpenAI makes the vectors. Without it texts are as near to each other as they have words in common; {@code MiniLm.bundled()} of
 * {@code tandem-onnx-embeddings} knows more, without a key too.
 */
public final class EmbeddingSearch {
    private static final String GUIDE = """
            # Guide
            ## Coffee machine
            Fill the tank with water and press the button.
            ## Printer
            When the paper is stuck, open the lid and pull the paper out.
            ## Door
            The door opens with the card, and after eight with the code.
            """;

    private final JavaAiClient ai;
    private final VectorIndex<Chunk> index = new VectorIndex<>();
    private final PrintStream out;

    private EmbeddingSearch(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean hasKey = !System.getenv().getOrDefault("OPENAI_API_KEY", "").isBlank();
        Provider provider =
                hasKey ? OpenAi.fromEnvironment() : ScriptedModel.builder().build();
        out.println(
                hasKey
                        ? "Found OPENAI_API_KEY, so OpenAI makes the vectors."
                        : "No OPENAI_API_KEY, so vectors are of words.");
        try (JavaAiClient ai = JavaAiClient.builder(provider)
                .embeddingModel("text-embedding-3-small")
                .build()) {
            run(ai, Files.createTempDirectory("search").resolve("guide.index"), out);
        }
    }

    static void run(JavaAiClient ai, Path file, PrintStream out) {
        EmbeddingSearch recipe = new EmbeddingSearch(ai, out);
        recipe.take();
        recipe.ask();
        recipe.keep(file);
        recipe.compare();
    }

    /** As many requests as the provider's limits want, some of them at once; vectors come in the order of the texts. */
    private void take() {
        List<IndexItem<Chunk>> items =
                Chunk.items("guide.md", Splitters.markdown(ChunkSize.tokens(50)).split(GUIDE));
        List<String> texts =
                items.stream().map(item -> item.getValue().getText()).toList();
        index.addAll(items, ai.blocking().embedMany(texts));
        out.println(index.getSize() + " parts of the guide");
    }

    private void ask() {
        String question = "What to do when paper is stuck?";
        Hit<Chunk> hit = index.search(ai.blocking().embed(question), 1).get(0);
        out.println("sync: " + hit.getMetadata().get(Chunk.HEADINGS));
        List<Hit<Chunk>> later = ai.async()
                .embed(question)
                .thenApply(vector -> index.search(vector, 2))
                .join();
        for (Hit<Chunk> one : later) {
            out.printf("async: %.2f %s%n", one.getScore(), one.getMetadata().get(Chunk.HEADINGS));
        }
    }

    private void keep(Path file) {
        index.save(file, ValueFormat.CHUNK);
        out.println("kept, and read again: "
                + VectorIndex.load(file, ValueFormat.CHUNK).getSize() + " parts");
    }

    private void compare() {
        List<Embedding> vectors = ai.blocking().embedMany(List.of("the red door", "a red door", "eight cups"));
        out.printf(
                "alike: %.2f, not alike: %.2f%n",
                vectors.get(0).cosine(vectors.get(1)), vectors.get(0).cosine(vectors.get(2)));
    }
}
