package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.accounting.Budget;
import dev.tandem.cache.MemoryCache;
import dev.tandem.error.BudgetExceededException;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Options;
import dev.tandem.testing.script.ScriptedModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What docs/resilience.md says in Java, and no recipe does. */
class ResilienceTest {
    @Test
    void moneyIsSetAside() {
        ScriptedModel model = ScriptedModel.saying("Hello!");
        JavaAiClient ai = JavaAiClient.builder(model)
                .model("gpt-4o-mini")
                .budget(Budget.ofUsd(20))
                .budget(Budget.ofTokens(100).forTag("guests"))
                .build();
        Options guest = CallOptions.builder().tag("guests").maxTokens(200).build();
        assertThrows(BudgetExceededException.class, () -> ai.blocking().generate("Hi", guest));
        assertEquals("Hello!", ai.blocking().generate("Hi"));
        assertEquals(1, model.getRequests().size());
        assertEquals(0, ai.spending("guests").getTotalTokens());
        ai.close();
    }

    /** Each setting of the table, as it stands there. */
    @Test
    void settingsOfTheTable() {
        ScriptedModel second = ScriptedModel.saying("Never asked");
        try (JavaAiClient ai = JavaAiClient.builder(ScriptedModel.saying("Hello!", "Anew"))
                .retry(r -> r.maxAttempts(4))
                .rateLimit(r -> r.requestsPerMinute(500).tokensPerMinute(200_000L))
                .circuitBreaker(b -> b.failures(5))
                .alternative(second, a -> a.model("another-model"))
                .hedging(h -> h.afterMillis(200).share(0.05))
                .cache(new MemoryCache(10_000), c -> c.ttlMillis(3_600_000))
                .timeout(Duration.ofMinutes(2))
                .build()) {
            ChatRequest request = ChatRequest.of("Hi");
            assertFalse(ai.blocking().chat(request).isCached());
            assertTrue(ai.blocking().chat(request).isCached());
            assertEquals(
                    "Anew",
                    ai.blocking()
                            .generate("Hi", CallOptions.builder().caching(false).build()));
        }
        assertEquals(0, second.getRequests().size());
    }
}
