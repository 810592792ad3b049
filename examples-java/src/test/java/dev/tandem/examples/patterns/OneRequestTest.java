package dev.tandem.examples.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.examples.Printed;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import org.junit.jupiter.api.Test;

class OneRequestTest {
    @Test
    void runsOnTheBundledModel() throws Exception {
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            Printed.by(out -> OneRequest.run(ai, out))
                    .has(
                            "sync: The capital of France is Paris.",
                            "async: The capital of Japan is Tokyo.",
                            "reactive: The capital of Germany is Berlin.");
        }
    }

    @Test
    void allStylesShareAConnection() throws Exception {
        try (FakeServer server = FakeServer.start().always(OpenAiReplies.chat("Hello"));
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl()))
                        .model("fake-1")
                        .build()) {
            Printed.by(out -> OneRequest.run(ai, out)).has("sync: Hello", "async: Hello", "reactive: Hello");
            assertEquals(3, server.getRequests().size());
            assertEquals(1, server.getConnectionCount());
        }
    }
}
