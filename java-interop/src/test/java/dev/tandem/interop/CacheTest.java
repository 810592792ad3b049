package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cache.MemoryCache;
import dev.tandem.model.ChatRequest;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept, in stores of this library and of others. */
class CacheTest {
    private final FakeServer server = FakeServer.start();
    private final List<JavaAiClient> clients = new ArrayList<>();

    private JavaAiClient client(UnaryOperator<JavaAiClient.Builder> settings) {
        JavaAiClient.Builder builder = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                .model("fake-1")
                .embeddingModel("fake-embed");
        JavaAiClient client = settings.apply(builder).build();
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() {
        clients.forEach(JavaAiClient::close);
        server.close();
    }

    @Test
    void theSameQuestionIsAskedOnce() throws Exception {
        server.always(OpenAiReplies.chat("ok"));
        JavaAiClient ai = client(b -> b.cache(new MemoryCache(100), c -> c.ttlMillis(60_000)));
        List<CompletableFuture<String>> equal =
                IntStream.range(0, 50).mapToObj(i -> ai.async().generate("Hi")).collect(Collectors.toList());
        for (CompletableFuture<String> answer : equal) assertEquals("ok", get(answer));
        assertTrue(ai.blocking().chat(ChatRequest.of("Hi")).isCached());
        assertEquals(1, server.getRequests().size());
        ai.blocking().generate("Hi", CallOptions.builder().caching(false).build());
        assertEquals(2, server.getRequests().size());
    }

    @Test
    void aStoreWrittenInJavaMayBlock() {
        server.always(OpenAiReplies.chat("ok"));
        Shelf shelf = new Shelf();
        JavaAiClient ai = client(b -> b.cache(shelf, c -> c.ttlMillis(1_000)));
        ai.blocking().generate("Hi");
        ai.close();
        JavaAiClient another = client(b -> b.cache(shelf, c -> c.ttlMillis(1_000)));
        assertEquals("ok", another.blocking().generate("Hi"));
        assertEquals(1, server.getRequests().size());
        assertEquals(Duration.ofSeconds(1), shelf.ttl);
    }

    @Test
    void whatMeansTheSameIsAskedOnce() {
        server.always(OpenAiReplies.chat("Paris"));
        JavaAiClient ai = client(b -> b.semanticCache(c -> c.threshold(0.9).embedder(Embedders.of((String text) ->
                new float[] {text.contains("France") ? 1 : 0, 1}))));
        assertEquals("Paris", ai.blocking().generate("capital of France"));
        assertEquals("Paris", ai.blocking().generate("France, capital?"));
        assertEquals(1, server.getRequests().size());
    }

    @Test
    void aStoreThatHangsAndHearsNoInterruptHoldsUpNobody() throws Exception {
        server.always(OpenAiReplies.chat("ok"));
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger failures = new AtomicInteger();
        JavaAiClient ai =
                client(b -> b.cache(new Deaf(end), c -> c.patienceMillis(100)).listener((call, event) -> {
                    if (event instanceof CallEvent.CacheFailed) failures.incrementAndGet();
                }));
        assertEquals("ok", ai.blocking().generate("Hi"));
        assertEquals("ok", get(ai.async().generate("Ho")));
        assertEquals(4, failures.get());
        end.countDown();
    }

    /** A store as Java programs write them. */
    private static final class Shelf implements JavaCacheStore {
        private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
        volatile Duration ttl = Duration.ZERO;

        @Override
        public byte @Nullable [] get(String key) {
            return kept.get(key);
        }

        @Override
        public void put(String key, byte[] value, Duration ttl) {
            this.ttl = ttl;
            kept.put(key, value);
        }

        @Override
        public void remove(String key) {
            kept.remove(key);
        }
    }

    /** Waits as a read from a socket does. */
    private static final class Deaf implements JavaCacheStore {
        private final CountDownLatch end;

        Deaf(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public byte @Nullable [] get(String key) {
            boolean isOver = false;
            while (!isOver) {
                try {
                    end.await();
                    isOver = true;
                } catch (InterruptedException e) {
                    // Deaf.
                }
            }
            return null;
        }

        @Override
        public void put(String key, byte[] value, Duration ttl) {
            get(key);
        }

        @Override
        public void remove(String key) {
            get(key);
        }
    }
}
