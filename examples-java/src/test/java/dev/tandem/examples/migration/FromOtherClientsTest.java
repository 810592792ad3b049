package dev.tandem.examples.migration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FromOtherClientsTest {
    @Test
    void runsOnTheBundledModel() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            FromOtherClients.run(ai, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        for (String line : List.of(
                "The capital of France is Paris. Usage(input=",
                "[ModelInfo(pebble)]",
                "-4 degrees",
                "Person[name=Anna, age=31, city=Oslo]",
                "NotSupportedException, again later: false")) {
            assertTrue(text.contains(line), () -> line + " is missing in\n" + text);
        }
    }
}
