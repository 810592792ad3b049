package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.TokenSources;
import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.AzureOpenAi;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.provider.openai.OpenAiDialect;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import org.junit.jupiter.api.Test;

/** The Java of docs/providers.md. */
class ProvidersTest {
    @Test
    void azure() {
        Provider azure = AzureOpenAi.builder()
                .endpoint("https://example.openai.azure.com")
                .tokens(TokenSources.of(() -> "a token of Entra"))
                .deployment("gpt-4o")
                .build();
        assertTrue(azure.toString().contains("https://example.openai.azure.com"), azure.toString());
    }

    @Test
    void aDialectOfOnesOwn() {
        String key = "house-0123456789";
        OpenAiDialect house = OpenAiDialect.builder("house", "https://models.example.com/v1")
                .keyVariable("HOUSE_API_KEY")
                .defaultModel("house-7b")
                .maxTokensField("max_tokens")
                .withoutStreamOptions()
                .readThinkTags()
                .build();
        Provider provider = OpenAi.of(house, key);
        assertEquals("house", provider.getName());
        try (FakeServer server = FakeServer.start().enqueue(OpenAiReplies.chat("<think>Who?</think>Hello!"));
                JavaAiClient ai = JavaAiClient.builder(OpenAi.builder(house)
                                .baseUrl(server.getUrl())
                                .apiKey(key)
                                .build())
                        .maxTokens(5)
                        .build()) {
            assertEquals("Hello!", ai.blocking().generate("Hi"));
            String body = server.getRequests().get(0).getBody();
            assertTrue(body.contains("\"max_tokens\":5") && body.contains("\"house-7b\""), body);
        }
    }
}
