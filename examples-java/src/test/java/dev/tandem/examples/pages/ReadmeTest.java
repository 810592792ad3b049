package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.accounting.Budget;
import dev.tandem.batch.BatchResult;
import dev.tandem.cache.MemoryCache;
import dev.tandem.conversation.History;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatch;
import dev.tandem.interop.JavaConversation;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;
import dev.tandem.model.ChatEvent;
import dev.tandem.provider.anthropic.Anthropic;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.Concurrency;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** The Java of README.md. */
class ReadmeTest {
    private interface Forecasts {
        String of(String city);
    }

    @Test
    @SuppressWarnings("unused") // The model calls it.
    void toolsObjectsConversations() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.toolCall("weather", "{\"city\": \"Oslo\"}"),
                ScriptedReply.text("Yes, take one."),
                ScriptedReply.text("{\"name\": \"Anna\", \"age\": 31, \"city\": \"Oslo\"}"),
                ScriptedReply.text("One."),
                ScriptedReply.text("Hello!"));
        Forecasts forecasts = city -> "-4 degrees in " + city;
        List<String> prompts = List.of("Count");
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            class Weather {
                @Tool("The weather in a city")
                String weather(@Param("its name") String city) {
                    return forecasts.of(city);
                }
            }
            record Person(String name, int age, Optional<String> city) {}

            String text = ai.blocking()
                    .generate(
                            "Do I need a coat in Oslo?",
                            CallOptions.builder()
                                    .tools(JavaTools.from(new Weather()))
                                    .build());
            Person anna = ai.blocking().extract("Anna, 31, lives in Oslo", Person.class);
            var results = JavaBatch.of(ai).blocking().completeBatch(prompts);
            JavaConversation talk = JavaConversation.builder(ai)
                    .system("Be brief")
                    .history(History.lastTokens(8_000))
                    .build();

            assertEquals("Yes, take one.", text);
            assertEquals(new Person("Anna", 31, Optional.of("Oslo")), anna);
            assertEquals(
                    List.of("One."), results.stream().map(BatchResult::orThrow).toList());
            assertEquals("Hello!", talk.blocking().say("Hello"));
        }
        assertTrue(model.getRequests().get(1).getMessages().toString().contains("-4 degrees in Oslo"));
    }

    /** Compiled only: it asks OpenAI. */
    @SuppressWarnings({"unused", "FutureReturnValueIgnored"})
    private static void oneCall() {
        try (JavaAiClient ai = JavaAiClient.builder(OpenAi.fromEnvironment())
                .model("gpt-4o-mini")
                .build()) {
            String text = ai.blocking().generate("Explain structured concurrency");

            CompletableFuture<String> later = ai.async().generate("And virtual threads?");

            Publisher<ChatEvent> events = ai.reactive().stream("Write a haiku");

            try (ChatStream stream = ai.blocking().stream("Write a haiku")) {
                for (ChatEvent event : stream) System.out.print(event.getText());
            }
        }
    }

    /** Compiled only: it wants two keys. */
    @SuppressWarnings("unused")
    private static void whenThingsGoWrong() {
        JavaAiClient ai = JavaAiClient.builder(OpenAi.fromEnvironment())
                .model("gpt-4o-mini")
                .retry(r -> r.maxAttempts(4))
                .rateLimit(r -> r.requestsPerMinute(500).tokensPerMinute(200_000L))
                .concurrency(Concurrency.adaptive(100))
                .circuitBreaker(b -> b.failures(5))
                .hedging(h -> h.share(0.05))
                .alternative(Anthropic.fromEnvironment(), a -> a.model("claude-sonnet-4-5"))
                .cache(new MemoryCache(10_000), c -> c.ttlMillis(3_600_000))
                .budget(Budget.ofUsd(20))
                .listener((call, event) -> log(call + " " + event))
                .build();
        ai.stats();
        ai.spending();
    }

    private static void log(String line) {
        System.out.println(line);
    }
}
