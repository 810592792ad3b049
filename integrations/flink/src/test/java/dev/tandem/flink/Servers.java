package dev.tandem.flink;

import dev.tandem.cache.MemoryCache;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.RetryPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Clients of a server in this program. A factory holds nothing but the server's address, as it would in a real job. */
final class Servers {
    /** Of all tasks: they run in this program too. */
    static final List<String> LIFE = new CopyOnWriteArrayList<>();

    static volatile MemoryCache cache = new MemoryCache(100);

    private Servers() {}

    /** Refused once is failed. */
    static ClientFactory at(String url) {
        return task -> client(url, task, b -> b);
    }

    static ClientFactory withCacheAt(String url) {
        return task -> client(url, task, b -> b.cache(cache, c -> c.ttlMillis(60_000)));
    }

    private static JavaAiClient client(String url, TaskScope task, UnaryOperator<JavaAiClient.Builder> settings) {
        LIFE.add("opened");
        task.closing(() -> LIFE.add("closed"));
        return settings.apply(JavaAiClient.builder(OpenAi.compatible(url, "sk-secret"))
                        .model("fake-1")
                        .embeddingModel("fake-embed")
                        .retry(RetryPolicy.NONE))
                .build();
    }
}
