package dev.tandem.bench.jmh;

import dev.tandem.accounting.Budget;
import dev.tandem.bench.server.Recording;
import dev.tandem.cache.MemoryCache;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.Concurrency;
import dev.tandem.resilience.RetryPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What layers cost a call that none of them holds up. Each prompt is new, so that no cache has it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayerCost {
    public enum Layers {
        NONE(b -> b.retry(RetryPolicy.NONE)),
        RETRY(b -> NONE.on(b).retry(RetryPolicy.DEFAULT)),
        LIMITS(b -> NONE.on(b)
                .rateLimit(r -> r.requestsPerMinute(Integer.MAX_VALUE).tokensPerMinute(Long.MAX_VALUE / 2))
                .concurrency(Concurrency.adaptive(1_000))),
        BREAKER(b -> NONE.on(b).circuitBreaker(c -> c.failures(5))),
        HEDGE(b -> NONE.on(b).hedging(h -> h.afterMillis(60_000))),
        FALLBACK(b -> NONE.on(b).alternative(new OpenAi("sk-other"), a -> a.model("gpt-4o"))),
        BUDGET(b -> NONE.on(b).budget(Budget.ofTokens(Long.MAX_VALUE / 2))),
        CACHE(b -> NONE.on(b).cache(new MemoryCache(100), c -> c.ttlMillis(60_000))),
        LISTENER(b -> NONE.on(b).listener((call, event) -> {})),
        ALL(b -> CACHE.on(LISTENER.on(BUDGET.on(FALLBACK.on(HEDGE.on(BREAKER.on(LIMITS.on(b)))))))
                .retry(RetryPolicy.DEFAULT));

        private final Function<JavaAiClient.Builder, JavaAiClient.Builder> settings;

        Layers(Function<JavaAiClient.Builder, JavaAiClient.Builder> settings) {
            this.settings = settings;
        }

        JavaAiClient.Builder on(JavaAiClient.Builder builder) {
            return settings.apply(builder);
        }
    }

    @Param
    public Layers layers;

    private JavaAiClient ai;
    private int count;

    @Setup
    public void open() {
        ai = layers.on(Clients.builder(Recording.answer(), "application/json")).build();
    }

    @TearDown
    public void close() {
        ai.close();
    }

    @Benchmark
    public String call() {
        return ai.blocking().generate("Hello " + count++);
    }
}
