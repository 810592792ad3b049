package dev.tandem.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickStartTest {
    @Test
    void runsOnTheBundledModel() {
        String printed = run(JavaAiClient.builder(Llama.bundled()));
        assertTrue(printed.contains("A coroutine is a light task"), printed);
        assertTrue(printed.contains("The capital of France is Paris."), printed);
        assertTrue(printed.contains("[" + "#".repeat(50) + "]"), printed);
        assertTrue(printed.contains("Stats(54 ok, 0 failed"), printed);
    }

    @Test
    void runsOnAServer() {
        try (FakeServer server =
                FakeServer.start().answering(request -> answer(request.getPath(), request.getBody()))) {
            String printed =
                    run(JavaAiClient.builder(OpenAi.compatible(server.getUrl())).model("fake-1"));
            assertTrue(printed.contains("[" + "#".repeat(50) + "]"), printed);
            assertEquals(55, server.getRequests().size());
        }
    }

    @Test
    void asksTheBundledModelWithoutAKey() {
        assertInstanceOf(Llama.class, ProviderChoice.from(Map.of()).provider());
        assertInstanceOf(
                Llama.class, ProviderChoice.from(Map.of("OPENAI_API_KEY", " ")).provider());
    }

    private static Reply answer(String path, String body) {
        if (path.endsWith("/models")) return OpenAiReplies.models("gpt-4o-mini");
        return body.contains("\"stream\":true") ? OpenAiReplies.stream("a", "b") : OpenAiReplies.chat("c");
    }

    private static String run(JavaAiClient.Builder client) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (JavaAiClient ai = client.build()) {
            QuickStart.run(ai, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
