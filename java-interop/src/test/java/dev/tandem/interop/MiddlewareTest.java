package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.ServerException;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Request;
import dev.tandem.pipeline.Call;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Layers of one's own, in Java. */
class MiddlewareTest {
    private final FakeServer server = FakeServer.start();

    private JavaAiClient.Builder builder() {
        return JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                .model("fake-1")
                .retry(RetryPolicy.NONE);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hooksSeeAndChangeEachCall() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CallHooks hooks = new CallHooks() {
            @Override
            public Request before(Call<?> call) {
                seen.add("before");
                ChatRequest request = (ChatRequest) call.getRequest();
                return request.newBuilder().system("Be brief").build();
            }

            @Override
            public void onItem(Call<?> call, Object item) {
                seen.add(item.getClass().getSimpleName());
            }

            @Override
            public void after(Call<?> call, @Nullable Throwable error) {
                seen.add(error == null ? "after" : error.getClass().getSimpleName());
            }
        };
        try (JavaAiClient ai = builder().hooks(hooks).build()) {
            server.enqueue(OpenAiReplies.chat("ok"), OpenAiReplies.stream("a"));
            assertEquals("ok", ai.blocking().generate("Hi"));
            assertTrue(server.getRequests().get(0).getBody().contains("Be brief"));
            assertEquals(List.of("before", "ChatResponse", "after"), seen);
            seen.clear();
            try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
                assertEquals(List.of("a"), listOf(stream));
            }
            assertEquals("before", seen.get(0));
            assertTrue(seen.contains("Text"));
            assertEquals("after", seen.get(seen.size() - 1));
            seen.clear();
            server.always(OpenAiReplies.error(500, "no", "server_error", null));
            assertInstanceOf(
                    ServerException.class, failureOf(() -> get(ai.async().generate("Hi"))));
            assertEquals(List.of("before", "ServerException"), seen);
        }
    }

    @Test
    void whatAHookThrowsFailsTheCall() {
        CallHooks hooks = new CallHooks() {
            @Override
            public Request before(Call<?> call) {
                throw new IllegalStateException("not on Sundays");
            }
        };
        try (JavaAiClient ai = builder().hooks(hooks).build()) {
            Throwable error = failureOf(() -> ai.blocking().generate("Hi"));
            assertInstanceOf(IllegalStateException.class, error);
            assertEquals("not on Sundays", error.getMessage());
            assertEquals(0, server.getRequests().size());
        }
    }

    @Test
    void aLayerMayPutOtherItemsInThePlaceOfThoseThatCome() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        JavaMiddleware counting = new JavaMiddleware() {
            @Override
            public <T> Publisher<T> around(Call<T> call, JavaNext next) {
                Publisher<T> made = next.proceed(call);
                return subscriber -> {
                    calls.incrementAndGet();
                    made.subscribe(new Twice<>(subscriber));
                };
            }
        };
        try (JavaAiClient ai = builder().layer(counting).build()) {
            server.enqueue(OpenAiReplies.stream("a", "b"), OpenAiReplies.stream("c"));
            try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
                assertEquals(List.of("a", "a", "b", "b"), listOf(stream));
            }
            assertEquals(
                    List.of("c", "c"),
                    Collected.all(ai.reactive().streamText("Hi")).toList());
            assertEquals(2, calls.get());
        }
    }

    @Test
    void cancellingGoesThroughALayer() {
        JavaMiddleware plain = new JavaMiddleware() {
            @Override
            public <T> Publisher<T> around(Call<T> call, JavaNext next) {
                return next.proceed(call);
            }
        };
        try (JavaAiClient ai = builder().layer(plain).build()) {
            server.always(OpenAiReplies.streamThenHold("a"));
            try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
                assertEquals("a", stream.iterator().next());
            }
            server.awaitHangUp();
        }
    }

    /** Each item comes twice; asks for half of what is asked for. */
    private static final class Twice<T> implements Subscriber<T> {
        private final Subscriber<? super T> reader;
        private @Nullable T second;
        private boolean isOver;

        Twice(Subscriber<? super T> reader) {
            this.reader = reader;
        }

        /** The reader asks for one at a time. */
        private synchronized void giveNext(Subscription source) {
            T item = second;
            second = null;
            if (item == null) source.request(1);
            else reader.onNext(item);
            if (item != null && isOver) reader.onComplete();
        }

        @Override
        public void onSubscribe(Subscription source) {
            reader.onSubscribe(new Subscription() {
                @Override
                public void request(long demand) {
                    giveNext(source);
                }

                @Override
                public void cancel() {
                    source.cancel();
                }
            });
        }

        @Override
        public synchronized void onNext(T item) {
            second = item;
            reader.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            reader.onError(error);
        }

        @Override
        public synchronized void onComplete() {
            isOver = true;
            if (second == null) reader.onComplete();
        }
    }
}
