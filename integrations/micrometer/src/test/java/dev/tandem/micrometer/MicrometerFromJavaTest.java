package dev.tandem.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.accounting.Prices;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerFromJavaTest {
    @Test
    void callsAreMeteredByHowTheyEnd() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener listener = MicrometerListener.builder(registry)
                .tag("client", "test")
                .prices(Prices.bundled())
                .build();
        try (FakeServer server = FakeServer.start();
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                        .model("fake-1")
                        .listener(listener)
                        .build()) {
            server.enqueue(OpenAiReplies.chat("It is well"), OpenAiReplies.error(401, "no", "auth", "invalid_api_key"));
            ai.blocking().generate("Is all well?");
            assertThrows(UnauthorizedException.class, () -> ai.blocking().generate("And now?"));
        }
        assertEquals(1, ended(registry, "success"));
        assertEquals(1, ended(registry, "failure"));
        assertEquals(0, registry.get("tandem.calls.active").gauge().value());
    }

    private static long ended(SimpleMeterRegistry registry, String outcome) {
        return registry.get("tandem.calls")
                .tags("client", "test", "model", "fake-1", "operation", "chat", "outcome", outcome)
                .timer()
                .count();
    }
}
