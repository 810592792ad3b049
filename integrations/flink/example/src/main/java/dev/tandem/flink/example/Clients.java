package dev.tandem.flink.example;

import dev.tandem.flink.IdempotencyKey;
import dev.tandem.flink.TaskScope;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.redis.Redis;
import dev.tandem.redis.RedisCache;
import dev.tandem.redis.RedisLimits;
import java.time.Duration;
import java.util.Map;

/**
 * The client of a task, by what the task manager's environment says: nothing of it is in the job graph.
 *
 * <p>OPENAI_API_KEY, or the tiny model that is bundled answers. REDIS_URL, or each task has limits of its own, and whatever
 * is asked again after a crash is paid for again.
 */
final class Clients {
    private static final long A_DAY_MILLIS = 24 * 60 * 60 * 1000;

    private Clients() {}

    static JavaAiClient of(TaskScope task) {
        return of(task, System.getenv());
    }

    private static JavaAiClient of(TaskScope task, Map<String, String> environment) {
        JavaAiClient.Builder client = JavaAiClient.builder(provider(environment))
                .maxTokens(100)
                .timeout(Duration.ofMinutes(2))
                .retry(r -> r.maxAttempts(4).idempotencyHeader(IdempotencyKey.HEADER))
                .rateLimit(r -> r.requestsPerMinute(30_000));
        String redisUrl = environment.getOrDefault("REDIS_URL", "");
        if (!redisUrl.isBlank()) {
            Redis redis = task.closing(Redis.at(redisUrl));
            client.sharedLimits(RedisLimits.of(redis)).cache(RedisCache.of(redis), c -> c.ttlMillis(A_DAY_MILLIS));
        }
        return client.build();
    }

    private static Provider provider(Map<String, String> environment) {
        return environment.getOrDefault("OPENAI_API_KEY", "").isBlank() ? Llama.bundled() : OpenAi.fromEnvironment();
    }
}
