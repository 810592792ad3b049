package dev.tandem.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is set under {@code tandem}; what is not set is the client's own choice. A misspelt name ends the start.
 *
 * @param enabled Whether there is a client at all.
 * @param provider Who is asked: openai, anthropic, ollama and so on, or compatible for any server of OpenAI's wire.
 * @param apiKey The provider's key. Without it, the provider's own environment variable is read, such as OPENAI_API_KEY.
 * @param baseUrl Another address of the provider.
 * @param model The model for every call that names none. The provider's own choice unless set.
 * @param embeddingModel The same for vectors.
 */
@ConfigurationProperties(prefix = "tandem", ignoreUnknownFields = false)
record TandemProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String provider,
        @Nullable Secret apiKey,
        @Nullable String baseUrl,
        @Nullable String model,
        @Nullable String embeddingModel,
        @DefaultValue Options options,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Retry retry,
        @DefaultValue RateLimit rateLimit,
        @DefaultValue Concurrency concurrency,
        @DefaultValue CircuitBreaker circuitBreaker,
        @DefaultValue Cache cache,
        @DefaultValue Budget budget) {

    /**
     * For every call that does not say otherwise.
     *
     * @param temperature From 0 to 2.
     * @param topP From 0 to 1.
     * @param maxTokens The longest an answer may be.
     */
    record Options(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer maxTokens) {}

    /**
     * Each ends a call by an exception that names the timer.
     *
     * @param total The whole call, with waiting and retries. No limit unless set.
     * @param connect Until the connection is open. 10s unless set.
     * @param write From there until the request is sent. 1m unless set.
     * @param firstByte From there to the head of the answer. 10m unless set.
     * @param firstEvent From the head of a stream to its first event. 10m unless set.
     * @param idle From one byte of the answer to the next. 5m unless set.
     */
    record Timeouts(
            @Nullable Duration total,
            @Nullable Duration connect,
            @Nullable Duration write,
            @Nullable Duration firstByte,
            @Nullable Duration firstEvent,
            @Nullable Duration idle) {}

    /**
     * What fails and may work later is tried again.
     *
     * @param maxAttempts In all, the first one included. 3 unless set; 1 for no retries.
     * @param firstPause After the first failure; each pause after that is twice as long. 500ms unless set.
     * @param maxPause No pause of our own is longer. 8s unless set.
     */
    record Retry(
            @Nullable Integer maxAttempts,
            @Nullable Duration firstPause,
            @Nullable Duration maxPause) {}

    /**
     * Within any 60 seconds, for each model on its own. Calls wait for their turn.
     *
     * @param requestsPerMinute No limit of ours unless set.
     * @param tokensPerMinute Of prompts and answers together. No limit of ours unless set.
     */
    record RateLimit(
            @Nullable Integer requestsPerMinute, @Nullable Long tokensPerMinute) {}

    /**
     * Calls to one model that are under way at the same time.
     *
     * @param atMost As many as are made, unless set.
     * @param adaptive Whether fewer go at once while the provider refuses or is slow.
     */
    record Concurrency(
            @Nullable Integer atMost, @DefaultValue("false") boolean adaptive) {}

    /**
     * A provider that keeps failing is left alone.
     *
     * @param failures So many in a row open the circuit. There is no circuit breaker unless this is set.
     * @param pause For so long nothing is sent then. 30s unless set.
     */
    record CircuitBreaker(
            @Nullable Integer failures, @Nullable Duration pause) {}

    /**
     * Answers kept in the memory of this process.
     *
     * @param maxEntries How many answers. There is no cache unless this is set.
     * @param ttl How long an answer is good for. 1h unless set.
     */
    record Cache(@Nullable Integer maxEntries, @Nullable Duration ttl) {}

    /**
     * Calls are refused before they are sent once it is spent, until the application is started anew.
     *
     * @param usd In US dollars. Only models whose price is known count.
     * @param tokens Of prompts and answers together.
     */
    record Budget(@Nullable Double usd, @Nullable Long tokens) {}
}
