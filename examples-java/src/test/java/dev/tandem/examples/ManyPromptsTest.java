package dev.tandem.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyPromptsTest {
    @TempDir
    Path folder;

    @Test
    void runsOnTheBundledModel() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            ManyPrompts.run(ai, folder, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        for (String line : List.of(
                "prompt must not be blank",
                "France: The capital of France is Paris. (asked)",
                "(from the journal)",
                "Japan: The capital of Japan is Tokyo.",
                "3 of 3 items",
                "{\"id\":\"capital\",\"text\":\"The capital of Italy is Rome",
                "\"custom_id\":\"a\",\"response\":{\"status_code\":200")) {
            assertTrue(text.contains(line), () -> line + " is missing in\n" + text);
        }
    }
}
