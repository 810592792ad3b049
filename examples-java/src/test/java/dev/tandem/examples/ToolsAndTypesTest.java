package dev.tandem.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolsAndTypesTest {
    @Test
    void runsOnTheBundledModel() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            ToolsAndTypes.run(ai, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        for (String line : List.of(
                "It is -4 degrees and snowy in Oslo.",
                "(asks ToolCall(call_",
                "It is 12 degrees and cloudy in Oslo.",
                "Person[name=Anna, age=31, city=Oslo], in ten years 41",
                "4 messages")) {
            assertTrue(text.contains(line), () -> line + " is missing in\n" + text);
        }
    }
}
