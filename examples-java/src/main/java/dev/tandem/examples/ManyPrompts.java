package dev.tandem.examples;

import dev.tandem.batch.BatchResult;
import dev.tandem.batch.BatchTask;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatch;
import dev.tandem.interop.JavaBatchFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A list of prompts, a run that can be cut short, and a file of requests. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class ManyPrompts {
    private final JavaAiClient ai;
    private final Path folder;
    private final PrintStream out;

    private ManyPrompts(JavaAiClient ai, Path folder, PrintStream out) {
        this.ai = ai;
        this.folder = folder;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider())
                .rateLimit(r -> r.requestsPerMinute(500).tokensPerMinute(200_000L))
                .build()) {
            run(ai, Files.createTempDirectory("prompts"), out);
        }
    }

    static void run(JavaAiClient ai, Path folder, PrintStream out) throws IOException {
        ManyPrompts recipe = new ManyPrompts(ai, folder, out);
        recipe.aList();
        recipe.aRunThatGoesOn();
        recipe.aFile();
    }

    /** One result for each, in order: what fails is a value, and stops nobody. */
    private void aList() {
        for (BatchResult<String, String> result :
                JavaBatch.of(ai).blocking().completeBatch(List.of("Hello", "", "What is the capital of Norway?"))) {
            out.println(result.isDone() ? result.orThrow() : "failed: " + result.getErrorOrNull());
        }
    }

    /** What one run has done, the next one reads from the journal. */
    private void aRunThatGoesOn() {
        JavaBatch<String, String> batch = JavaBatch.builder(
                        ai, BatchTask.generate().from((String city) -> "What is the capital of " + city + "?"))
                .concurrency(8)
                .ordered(true)
                .journal(folder.resolve("capitals.journal"))
                .build();
        for (List<String> cities : List.of(List.of("France"), List.of("France", "Japan"))) {
            try (BlockingStream<BatchResult<String, String>> results =
                    batch.blocking().run(cities)) {
                for (BatchResult<String, String> result : results) {
                    String paid = result.getEffort().isResumed() ? "from the journal" : "asked";
                    out.println(result.getItem() + ": " + result.orThrow() + " (" + paid + ")");
                }
            }
        }
    }

    /** JSON lines in, JSON lines out, in the same order. */
    private void aFile() throws IOException {
        Path input = Files.writeString(folder.resolve("in.jsonl"), """
                "Hello"
                {"id": "capital", "prompt": "What is the capital of Italy?"}
                {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {"messages": [{"role": "user", "content": "Hi"}]}}
                """);
        Path output = folder.resolve("out.jsonl");
        out.println(JavaBatchFile.builder(ai, input, output).build().blocking().run());
        out.println(Files.readString(output));
    }
}
