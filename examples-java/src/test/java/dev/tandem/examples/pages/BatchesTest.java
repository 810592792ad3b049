package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.batch.BatchResult;
import dev.tandem.batch.BatchTask;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatch;
import dev.tandem.interop.JavaBatchFile;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/batches.md. */
class BatchesTest {
    private final JavaAiClient ai = JavaAiClient.builder(ScriptedModel.answering(request ->
                    ScriptedReply.text("Said: " + request.getMessages().get(0).getText())))
            .build();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        ai.close();
    }

    @Test
    void lists() {
        Path file = folder.resolve("run.journal");
        List<String> prompts = List.of("a", "b");
        Set<String> said = new TreeSet<>();
        JavaBatch<String, String> batch = JavaBatch.builder(ai, BatchTask.generate())
                .concurrency(100)
                .journal(file)
                .build();
        try (BlockingStream<BatchResult<String, String>> results =
                batch.blocking().run(prompts)) {
            for (var result : results) said.add(result.orThrow());
        }
        List<BatchResult<String, String>> all = JavaBatch.of(ai).blocking().completeBatch(prompts);
        assertEquals(Set.of("Said: a", "Said: b"), said);
        assertEquals("Said: b", all.get(1).orThrow());
    }

    @Test
    void files() throws IOException {
        Path input = Files.writeString(folder.resolve("in.jsonl"), "\"a\"\n\"b\"\n");
        Path output = folder.resolve("out.jsonl");
        JavaBatchFile.builder(ai, input, output)
                .batch(b -> b.concurrency(100))
                .build()
                .blocking()
                .run();
        assertEquals(2, Files.readAllLines(output).size());
    }
}
