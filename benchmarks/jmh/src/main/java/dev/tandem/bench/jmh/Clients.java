package dev.tandem.bench.jmh;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;

/** The public client over a body in memory. */
final class Clients {
    private Clients() {}

    static JavaAiClient reading(byte[] body, String contentType) {
        return builder(body, contentType).build();
    }

    static JavaAiClient.Builder builder(byte[] body, String contentType) {
        return JavaAiClient.builder(new OpenAi("sk-memory"))
                .model("gpt-4o-mini")
                .engine(new MemoryEngine(body, contentType));
    }
}
