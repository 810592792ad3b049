package dev.tandem.examples.patterns;

import dev.tandem.cache.MemoryCache;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.Stopwatch;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaCacheStore;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Pattern 6: what was answered once is not paid for twice. Here answers are kept in the process; {@code RedisCache} keeps them for all
 * processes, {@code DiskCache} over restarts, and {@code PlainTextRedisCache} shares them with programs that have keys of their own.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class CachedAnswers {
    private static final ChatRequest CAPITAL = ChatRequest.of("What is the capital of France?");

    private final PrintStream out;

    private CachedAnswers(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        run(out);
    }

    static void run(PrintStream out) {
        CachedAnswers recipe = new CachedAnswers(out);
        recipe.keptForAnHour();
        recipe.askedOnce();
        recipe.aCacheThatFails();
    }

    private static ScriptedModel model() {
        return ScriptedModel.answering(request -> ScriptedReply.text("Paris.").after(Duration.ofMillis(300)));
    }

    /** An hour is what it is without a word, too. The key is all that makes an answer: another temperature is another question. */
    private void keptForAnHour() {
        try (JavaAiClient ai = JavaAiClient.builder(model())
                .cache(new MemoryCache(10_000), c -> c.ttlMillis(3_600_000))
                .build()) {
            show("sync, the first time", () -> ai.blocking().chat(CAPITAL));
            show("sync, again", () -> ai.blocking().chat(CAPITAL));
            show("async, again", () -> ai.async().chat(CAPITAL).join());
            show(
                    "with another temperature",
                    () -> ai.blocking()
                            .chat(ChatRequest.of(
                                    "What is the capital of France?",
                                    CallOptions.builder().temperature(0.2).build())));
        }
    }

    /** Who asks what is being asked waits for that answer. */
    private void askedOnce() {
        ScriptedModel model = model();
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .cache(new MemoryCache(10_000), c -> {})
                .build()) {
            List<CompletableFuture<ChatResponse>> answers =
                    Stream.generate(() -> ai.async().chat(CAPITAL)).limit(50).toList();
            answers.forEach(CompletableFuture::join);
        }
        out.println("50 at the same time: the model was asked "
                + model.getRequests().size() + " time(s)");
    }

    /** The call goes on as if nothing were kept; listeners and logs hear of it. */
    private void aCacheThatFails() {
        try (JavaAiClient ai = JavaAiClient.builder(model())
                .cache(new Unreachable(), c -> c.patienceMillis(200))
                .listener((call, event) -> {
                    if (event instanceof CallEvent.CacheFailed) out.println("  " + event);
                })
                .build()) {
            show("without its cache", () -> ai.blocking().chat(CAPITAL));
        }
    }

    private void show(String title, Call call) {
        Stopwatch watch = Stopwatch.start();
        ChatResponse answer = call.make();
        out.println(title + ": " + answer.getText() + " cached: " + answer.isCached() + ", " + watch);
    }

    private interface Call {
        ChatResponse make();
    }

    /** A store of yours is three methods. This one is down. */
    private static final class Unreachable implements JavaCacheStore {
        @Override
        public byte[] get(String key) {
            throw new UncheckedIOException(new ConnectException("nobody listens there"));
        }

        @Override
        public void put(String key, byte[] value, Duration ttl) {
            throw new UncheckedIOException(new ConnectException("nobody listens there"));
        }

        @Override
        public void remove(String key) {
            throw new UncheckedIOException(new ConnectException("nobody listens there"));
        }
    }
}
