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

class WorkflowsTest {
    @TempDir
    Path folder;

    @Test
    void runsOnTheBundledModel() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            Workflows.run(ai, folder, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        for (String line : List.of(
                "The capital of France is Paris.",
                "The capital of Japan is Tokyo.",
                "not chosen: transform 'as a list': SKIPPED",
                "NodeStarted(countries)",
                "NodeSkipped(as a text)",
                "RunCompleted()",
                "first run: COMPLETED, 0 nodes from the journal",
                "second run: COMPLETED, 3 nodes from the journal",
                "Send '",
                "sent: ")) {
            assertTrue(text.contains(line), () -> line + " is missing in\n" + text);
        }
    }
}
