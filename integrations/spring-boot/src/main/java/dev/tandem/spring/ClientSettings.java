package dev.tandem.spring;

import static dev.tandem.spring.Setting.set;

import dev.tandem.accounting.Budget;
import dev.tandem.cache.Cache;
import dev.tandem.cache.MemoryCache;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Timer;
import dev.tandem.resilience.CircuitBreaker;
import dev.tandem.resilience.Concurrency;
import dev.tandem.resilience.RateLimit;
import dev.tandem.resilience.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts properties into a client's builder. Those about its provider are {@link KnownProvider}'s. */
final class ClientSettings {
    private final JavaAiClient.Builder client;

    private ClientSettings(JavaAiClient.Builder client) {
        this.client = client;
    }

    static void put(TandemProperties from, JavaAiClient.Builder client) {
        ClientSettings settings = new ClientSettings(client);
        set("model", from.model(), client::model);
        set("embedding-model", from.embeddingModel(), ClientSettings::requireName);
        client.embeddingModel(from.embeddingModel());
        settings.options(from.options());
        settings.timeouts(from.timeouts());
        settings.retry(from.retry());
        settings.rateLimit(from.rateLimit());
        settings.concurrency(from.concurrency());
        settings.circuitBreaker(from.circuitBreaker());
        settings.cache(from.cache());
        settings.budget(from.budget());
    }

    private static void requireName(String model) {
        if (model.isBlank()) throw new IllegalArgumentException("the model must not be blank, but is '" + model + "'");
    }

    private void options(TandemProperties.Options options) {
        set("options.temperature", options.temperature(), client::temperature);
        set("options.top-p", options.topP(), client::topP);
        set("options.max-tokens", options.maxTokens(), client::maxTokens);
    }

    private void timeouts(TandemProperties.Timeouts timeouts) {
        timer("total", Timer.TOTAL, timeouts.total());
        timer("connect", Timer.CONNECT, timeouts.connect());
        timer("write", Timer.WRITE, timeouts.write());
        timer("first-byte", Timer.FIRST_BYTE, timeouts.firstByte());
        timer("first-event", Timer.FIRST_EVENT, timeouts.firstEvent());
        timer("idle", Timer.IDLE, timeouts.idle());
    }

    private void timer(String property, Timer timer, @Nullable Duration limit) {
        set("timeouts." + property, limit, duration -> client.timer(timer, duration));
    }

    private void retry(TandemProperties.Retry retry) {
        RetryPolicy.Builder policy = RetryPolicy.builder();
        set("retry.max-attempts", retry.maxAttempts(), policy::maxAttempts);
        set("retry.first-pause", retry.firstPause(), pause -> policy.firstPauseMillis(pause.toMillis()));
        set("retry.max-pause", retry.maxPause(), pause -> policy.maxPauseMillis(pause.toMillis()));
        client.retry(policy.build());
    }

    private void rateLimit(TandemProperties.RateLimit limit) {
        if (limit.requestsPerMinute() == null && limit.tokensPerMinute() == null) return;
        RateLimit.Builder minute = RateLimit.builder();
        set("rate-limit.requests-per-minute", limit.requestsPerMinute(), minute::requestsPerMinute);
        set("rate-limit.tokens-per-minute", limit.tokensPerMinute(), minute::tokensPerMinute);
        client.rateLimit(minute.build());
    }

    private void concurrency(TandemProperties.Concurrency concurrency) {
        if (concurrency.adaptive() && concurrency.atMost() == null) throw lacks("concurrency.adaptive", "at-most");
        set(
                "concurrency.at-most",
                concurrency.atMost(),
                calls -> client.concurrency(
                        concurrency.adaptive() ? Concurrency.adaptive(calls) : Concurrency.atMost(calls)));
    }

    private void circuitBreaker(TandemProperties.CircuitBreaker circuit) {
        if (circuit.failures() == null) {
            if (circuit.pause() != null) throw lacks("circuit-breaker.pause", "failures");
            return;
        }
        CircuitBreaker.Builder breaker = CircuitBreaker.builder();
        set("circuit-breaker.failures", circuit.failures(), breaker::failures);
        set("circuit-breaker.pause", circuit.pause(), pause -> breaker.pauseMillis(pause.toMillis()));
        client.circuitBreaker(breaker.build());
    }

    private void cache(TandemProperties.Cache cache) {
        if (cache.maxEntries() == null && cache.ttl() != null) throw lacks("cache.ttl", "max-entries");
        set("cache.max-entries", cache.maxEntries(), entries -> {
            Cache.Builder kept = Cache.builder(new MemoryCache(entries));
            set("cache.ttl", cache.ttl(), ttl -> kept.ttlMillis(ttl.toMillis()));
            client.cache(kept.build());
        });
    }

    private void budget(TandemProperties.Budget budget) {
        set("budget.usd", budget.usd(), usd -> client.budget(Budget.ofUsd(usd)));
        set("budget.tokens", budget.tokens(), tokens -> client.budget(Budget.ofTokens(tokens)));
    }

    /** Set by itself it would do nothing, and nobody would know. */
    private static BadPropertyException lacks(String property, String other) {
        String missing = "tandem." + property.replaceFirst("\\.[^.]*$", ".") + other;
        return new BadPropertyException(
                "tandem." + property, "does nothing without " + missing, "Set " + missing + " too, or leave both out.");
    }
}
