package dev.tandem.interop;

import dev.tandem.fake.FakeServer;
import dev.tandem.provider.openai.OpenAi;

final class Fixtures {
    /** For waits that a passing test never sees the end of. */
    static final long PATIENCE_SECONDS = 10;

    private Fixtures() {}

    static JavaAiClient clientOf(FakeServer server) {
        return JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                .model("fake-1")
                .embeddingModel("fake-embed")
                .build();
    }
}
