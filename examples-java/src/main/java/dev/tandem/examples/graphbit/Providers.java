package dev.tandem.examples.graphbit;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatRequest;
import dev.tandem.privacy.Masking;
import dev.tandem.privacy.MaskingRule;
import dev.tandem.provider.Provider;
import dev.tandem.provider.anthropic.Anthropic;
import dev.tandem.provider.gemini.Gemini;
import dev.tandem.provider.ollama.Ollama;
import dev.tandem.provider.openai.AzureOpenAi;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.provider.openai.Vendors;
import dev.tandem.provider.replicate.Replicate;
import dev.tandem.telemetry.LogLines;
import java.time.Duration;
import java.util.List;

/** Whom to ask, and what a client is to do by itself. Nothing is sent. */
final class Providers {
    private static final String KEY = "sk-not-a-real-one";
    private static final String ENDPOINT = "https://example.openai.azure.com";
    private static final String URL = "https://example.com/v1";

    private final Shown shown;

    Providers(Shown shown) {
        this.shown = shown;
    }

    void run() {
        for (Provider provider : all(KEY)) {
            try (JavaAiClient ai = JavaAiClient.builder(provider).build()) {
                ChatRequest request = ai.withDefaults(ChatRequest.of("Hello!"));
                shown.line("LlmConfig", ai.getProvider(), request.getOptions().getModel());
            }
        }
        try (JavaAiClient ai = withWhatGraphBitDoesByItself(new OpenAi(KEY));
                JavaAiClient masked = masked(OpenAi.compatible(URL, KEY))) {
            shown.line("LlmClient", ai, masked);
        }
    }

    private static List<Provider> all(String key) {
        return List.of(
                new OpenAi(key),
                new Anthropic(key),
                new Gemini(key),
                new Replicate(key),
                Ollama.local(),
                AzureOpenAi.builder()
                        .endpoint(ENDPOINT)
                        .apiKey(key)
                        .deployment("my-gpt")
                        .embeddingDeployment("my-vectors")
                        .apiVersion("2024-10-21")
                        .build(),
                OpenAi.of(Vendors.DEEPSEEK, key),
                OpenAi.of(Vendors.MISTRAL, key),
                OpenAi.of(Vendors.PERPLEXITY, key),
                OpenAi.of(Vendors.XAI, key),
                OpenAi.of(Vendors.FIREWORKS, key),
                OpenAi.of(Vendors.TOGETHER, key),
                OpenAi.of(Vendors.HUGGINGFACE, key),
                OpenAi.of(Vendors.OPENROUTER, key),
                OpenAi.builder(Vendors.OPENROUTER)
                        .apiKey(key)
                        .header("HTTP-Referer", "https://example.com")
                        .header("X-Title", "My app")
                        .build(),
                OpenAi.of(Vendors.AI21, key),
                OpenAi.builder(Vendors.AI21)
                        .apiKey(key)
                        .header("Ai21-Organization", "my-org")
                        .build(),
                OpenAi.of(Vendors.BYTEDANCE, key),
                OpenAi.builder(Vendors.BYTEDANCE).apiKey(key).baseUrl(URL).build());
    }

    private static JavaAiClient withWhatGraphBitDoesByItself(Provider provider) {
        return JavaAiClient.builder(provider)
                .model("gpt-4o-mini")
                .embeddingModel("text-embedding-3-small")
                .timeout(Duration.ofMinutes(4))
                .retry(r -> r.maxAttempts(4).firstPauseMillis(100).maxPauseMillis(5_000))
                .circuitBreaker(b -> b.failures(5).pauseMillis(60_000))
                .listener(LogLines.to((level, line, error) -> System.err.println(level + " " + line)))
                .build();
    }

    private static JavaAiClient masked(Provider provider) {
        Masking masking = Masking.builder()
                .rule(MaskingRule.EMAIL)
                .rule(MaskingRule.of("EMPLOYEE", "E-\\d{6}"))
                .build();
        return JavaAiClient.builder(provider).masking(masking).build();
    }
}
