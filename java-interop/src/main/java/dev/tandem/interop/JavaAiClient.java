package dev.tandem.interop;

import dev.tandem.AiClient;
import dev.tandem.Alternative;
import dev.tandem.ClientBuilder;
import dev.tandem.accounting.Spending;
import dev.tandem.cache.Cache;
import dev.tandem.cache.CacheStore;
import dev.tandem.cache.SemanticCache;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.EmbeddingRequest;
import dev.tandem.model.RawResponse;
import dev.tandem.model.Timer;
import dev.tandem.model.ToolDefinition;
import dev.tandem.model.ToolPolicy;
import dev.tandem.platform.HealthReport;
import dev.tandem.platform.SystemInfo;
import dev.tandem.provider.Provider;
import dev.tandem.resilience.CircuitBreaker;
import dev.tandem.resilience.Hedging;
import dev.tandem.resilience.RateLimit;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.telemetry.Stats;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One AI client, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()} offer the same
 * operations with the same arguments, results and exceptions. Make one, share it between all threads, close it at the
 * end.
 */
public final class JavaAiClient extends ClientViews<AiClient, BlockingClient, AsyncClient, ReactiveClient> {
    private JavaAiClient(AiClient core) {
        super(core, core::close, new BlockingClient(core), new AsyncClient(core), new ReactiveClient(core));
    }

    /** The views of a client that Kotlin code made. Closing either closes both. */
    public static JavaAiClient of(AiClient core) {
        return new JavaAiClient(core);
    }

    /** What a client of this provider is made of. */
    public static Builder builder(Provider provider) {
        return new Builder(provider);
    }

    /** What this client has done so far. */
    public Stats stats() {
        return core().stats();
    }

    /** Starts the statistics anew. */
    public void resetStats() {
        core().resetStats();
    }

    /** What this client has used and cost since it was made. */
    public Spending spending() {
        return core().spending();
    }

    /** The same of calls with {@code tag} only. */
    public Spending spending(String tag) {
        return core().spending(tag);
    }

    /** The same of each tag that was used. */
    public Map<String, Spending> spendingByTag() {
        return core().spendingByTag();
    }

    /** How many tokens a request takes, by the client's own counter. Asks nobody. */
    public long countTokens(ChatRequest request) {
        return core().countTokens(request);
    }

    /** The request with all that this client adds to it: its options and its model. Asks nobody. */
    public ChatRequest withDefaults(ChatRequest request) {
        return core().withDefaults(request);
    }

    /** The same of vectors, for which a client has a model of its own. */
    public EmbeddingRequest withDefaults(EmbeddingRequest request) {
        return core().withDefaults(request);
    }

    /** What {@code chat} would make of a response to what {@code write} gave: the same response, or the same exception. */
    public ChatResponse read(RawResponse response) {
        return core().read(response);
    }

    /** Whom it asks first, as messages name it. */
    public String getProvider() {
        return core().getProvider();
    }

    /** The version of this library. */
    public String version() {
        return core().version();
    }

    /** Where this library runs. */
    public SystemInfo systemInfo() {
        return core().systemInfo();
    }

    /** Whether this process can do its work. Sends nothing; {@code warmUp()} asks the provider. */
    public HealthReport healthCheck() {
        return core().healthCheck();
    }

    /** What a client is made of. The options set here hold for every call that does not say otherwise. */
    public static final class Builder extends ClientBuilder<Builder> {
        private final Provider provider;

        private Builder(Provider provider) {
            this.provider = provider;
        }

        /** The whole time of each call, from the moment it is made to its last item. */
        public Builder timeout(Duration timeout) {
            return timeoutMillis(timeout.toMillis());
        }

        /** How long {@code timer} may run in each call. */
        public Builder timer(Timer timer, Duration limit) {
            return timerMillis(timer, limit.toMillis());
        }

        /** {@code toolPolicy(p -> p.maxRounds(5).timeoutMillis(10_000))} */
        public Builder toolPolicy(Consumer<ToolPolicy.Builder> settings) {
            return toolPolicy(set(ToolPolicy.builder(), settings).build());
        }

        /** The tools that the model may ask for in each call. */
        public Builder tools(ToolDefinition... tools) {
            return tools(Arrays.asList(tools));
        }

        /** {@code retry(r -> r.maxAttempts(4))} */
        public Builder retry(Consumer<RetryPolicy.Builder> settings) {
            return retry(set(RetryPolicy.builder(), settings).build());
        }

        /** {@code rateLimit(r -> r.requestsPerMinute(500).tokensPerMinute(200_000L))} */
        public Builder rateLimit(Consumer<RateLimit.Builder> settings) {
            return rateLimit(set(RateLimit.builder(), settings).build());
        }

        /** {@code circuitBreaker(b -> b.failures(3))} */
        public Builder circuitBreaker(Consumer<CircuitBreaker.Builder> settings) {
            return circuitBreaker(set(CircuitBreaker.builder(), settings).build());
        }

        /** {@code hedging(h -> h.afterMillis(2_000))} */
        public Builder hedging(Consumer<Hedging.Builder> settings) {
            return hedging(set(Hedging.builder(), settings).build());
        }

        /** {@code cache(new MemoryCache(10_000), c -> c.ttlMillis(60_000))} */
        public Builder cache(CacheStore store, Consumer<Cache.Builder> settings) {
            return cache(set(Cache.builder(store), settings).build());
        }

        /** {@code alternative(anthropic, a -> a.model("claude-sonnet-4-5"))} */
        public Builder alternative(Provider provider, Consumer<Alternative.Builder> settings) {
            return alternative(set(Alternative.builder(provider), settings).build());
        }

        /** {@code cache(myStore, c -> c.ttlMillis(60_000))}, with a store that may block. */
        public Builder cache(JavaCacheStore store, Consumer<Cache.Builder> settings) {
            return cache(new BlockingStore(store), settings);
        }

        /** {@code semanticCache(c -> c.threshold(0.93))} */
        public Builder semanticCache(Consumer<SemanticCache.Builder> settings) {
            return semanticCache(set(SemanticCache.builder(), settings).build());
        }

        /** A layer of your own, outside all others but the statistics; the one added first is outermost. */
        public Builder layer(JavaMiddleware layer) {
            return middleware(Layers.of(layer));
        }

        /** What you want to do around every call, outside all other layers but the statistics. */
        public Builder hooks(CallHooks hooks) {
            return middleware(Layers.of(hooks));
        }

        private static <S> S set(S builder, Consumer<? super S> settings) {
            settings.accept(builder);
            return builder;
        }

        /** The client. It opens no connection yet. */
        public JavaAiClient build() {
            return of(AiClient.builder(provider).settings(this).build());
        }
    }
}
