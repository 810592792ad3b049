package dev.tandem.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.AiClient;
import dev.tandem.cache.Cache;
import dev.tandem.cache.CacheStore;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.resilience.RateLimit;
import dev.tandem.resilience.SharedLimits;
import dev.tandem.resilience.SharedTurn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.future.FutureKt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisFromJavaTest {
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server(new String[0], true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void oneConnectionServesCacheAndLimits() throws Exception {
        try (Redis redis = Redis.builder(server.getUri()).timeoutMillis(10_000).build()) {
            CacheStore store = RedisCache.builder(redis).namespace("shop").build();
            SharedLimits limits = RedisLimits.builder(redis).namespace("team-a").build();
            try (AiClient client = AiClient.builder(new FakeProvider())
                    .cache(Cache.builder(store).ttlMillis(60_000).build())
                    .build()) {
                assertEquals("answer 1", chat(client, "Hi").getText());
                assertEquals("answer 1", chat(client, "Hi").getText());
            }
            RateLimit limit = RateLimit.builder().requestsPerMinute(1).build();
            SharedTurn first = ask(limits, limit);
            SharedTurn second = ask(limits, limit);
            assertTrue(first.isGranted());
            assertTrue(second.getWaitMillis() > 50_000);
        }
    }

    @Test
    void thePlainTextCacheIsALayer() throws Exception {
        try (PlainTextRedisCache cache = PlainTextRedisCache.at(server.getUri());
                AiClient client =
                        AiClient.builder(new FakeProvider()).middleware(cache).build()) {
            assertEquals("answer 1", chat(client, "What is AI?").getText());
            assertTrue(chat(client, "What is AI?").isCached());
        }
    }

    @Test
    void shortForms() {
        try (RedisCache cache = RedisCache.at("redis://localhost");
                RedisLimits limits = RedisLimits.at("redis://localhost")) {
            assertInstanceOf(CacheStore.class, cache);
            assertInstanceOf(SharedLimits.class, limits);
        }
    }

    @Test
    void aWrongAddressIsRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> RedisCache.at("localhost"));
    }

    private static ChatResponse chat(AiClient client, String prompt) throws Exception {
        CompletableFuture<ChatResponse> answer = FutureKt.future(
                GlobalScope.INSTANCE,
                EmptyCoroutineContext.INSTANCE,
                CoroutineStart.DEFAULT,
                (scope, continuation) -> client.chat(ChatRequest.of(prompt), continuation));
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static SharedTurn ask(SharedLimits limits, RateLimit limit) throws Exception {
        CompletableFuture<SharedTurn> turn = FutureKt.future(
                GlobalScope.INSTANCE,
                EmptyCoroutineContext.INSTANCE,
                CoroutineStart.DEFAULT,
                (scope, continuation) -> limits.ask("openai gpt-4o", limit, 10, continuation));
        return turn.get(20, TimeUnit.SECONDS);
    }
}
