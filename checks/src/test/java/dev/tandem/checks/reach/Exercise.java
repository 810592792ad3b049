package dev.tandem.checks.reach;

import dev.tandem.AiClient;
import dev.tandem.accounting.Prices;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;
import dev.tandem.llama.Llama;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.Options;
import dev.tandem.onnx.MiniLm;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A program that uses all of ours that looks anything up. {@link Watch} loads it; what its own classes need is its own business. */
public final class Exercise {
    private Exercise() {}

    public static void run() throws Exception {
        try (FakeServer server = FakeServer.start().answering(Exercise::answer);
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl()))
                        .model("fake-1")
                        .build()) {
            inAllStyles(ai, server.getUrl());
            withTypes(ai);
        }
        said(Prices.bundled());
        modelsInside();
        // It needs a server; what it looks up it does before that.
        Class.forName("dev.tandem.redis.RedisLimits", true, Exercise.class.getClassLoader());
    }

    private static void inAllStyles(JavaAiClient ai, String url) throws Exception {
        said(ai.blocking().generate("Hello"));
        said(ai.async().generate("Hello").get());
        CountDownLatch end = new CountDownLatch(1);
        ai.reactive().stream("Hello").subscribe(new Reader(end));
        end.await();
        try (ChatStream stream = ai.blocking().stream("Hello")) {
            for (ChatEvent event : stream) said(event);
        }
        try (AiClient core = AiClient.builder(OpenAi.compatible(url)).build()) {
            Options options = CallOptions.builder().model("fake-1").build();
            said(BuildersKt.runBlocking(
                    EmptyCoroutineContext.INSTANCE, (scope, k) -> core.generate("Hello", options, k)));
        }
    }

    private static void withTypes(JavaAiClient ai) {
        Options tools =
                CallOptions.builder().tools(JavaTools.from(new Weather())).build();
        said(ai.blocking().generate("Do I need a coat?", tools));
        said(ai.blocking().extract("a record", Town.class));
        said(ai.blocking().extract("a bean", Bean.class).isOpen());
        said(ai.blocking().extract("a class", Made.class).names);
    }

    private static void modelsInside() {
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            said(ai.blocking().generate("Hello"));
        }
        try (JavaAiClient ai = JavaAiClient.builder(MiniLm.bundled()).build()) {
            said(ai.blocking().embed("Hello"));
        }
    }

    private static Reply answer(FakeRequest request) {
        String body = request.getBody();
        if (body.contains("a record"))
            return OpenAiReplies.chat("{\"name\":\"Oslo\",\"streets\":[{\"kind\":\"LANE\"}]}");
        if (body.contains("a bean")) return OpenAiReplies.chat("{\"open\":true}");
        if (body.contains("a class")) return OpenAiReplies.chat("{\"names\":[\"Oslo\"]}");
        if (body.contains("\"role\":\"tool\"")) return OpenAiReplies.chat("Yes.");
        if (body.contains("coat")) return OpenAiReplies.toolCall("call-1", "weather", "{\"city\":\"Oslo\"}");
        return body.contains("\"stream\":true") ? OpenAiReplies.stream("Hel", "lo") : OpenAiReplies.chat("Hello");
    }

    private static void said(@Nullable Object value) {
        Objects.requireNonNull(value);
    }

    enum Kind {
        LANE,
        ROAD
    }

    record Street(Kind kind) {}

    record Town(String name, List<Street> streets) {}

    /** One that is made by its only constructor. */
    static final class Made {
        final String[] names;

        Made(String[] names) {
            this.names = names;
        }
    }

    /** One that is filled by its setters. */
    public static final class Bean {
        private boolean isOpen;

        public boolean isOpen() {
            return isOpen;
        }

        public void setOpen(boolean open) {
            isOpen = open;
        }
    }

    /** One whose methods the model calls. */
    static final class Weather {
        @Tool("The weather in a city")
        String weather(@Param("its name") String city) {
            return "4 degrees in " + city + ", " + List.of("rain", "wind");
        }
    }

    private static final class Reader implements Subscriber<ChatEvent> {
        private final CountDownLatch end;

        Reader(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ChatEvent event) {
            said(event);
        }

        @Override
        public void onError(Throwable failure) {
            end.countDown();
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            end.countDown();
        }
    }
}
