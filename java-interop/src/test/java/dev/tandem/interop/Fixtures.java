package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatEvent;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.testing.FakeServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

final class Fixtures {
    /** For waits that a passing test never sees the end of. */
    static final long PATIENCE_SECONDS = 10;

    private Fixtures() {}

    static JavaAiClient clientOf(FakeServer server) {
        return clientOf(server.getUrl());
    }

    static JavaAiClient clientOf(String url) {
        return builderOf(url).build();
    }

    static JavaAiClient.Builder builderOf(String url) {
        return JavaAiClient.builder(OpenAi.compatible(url, "sk-test"))
                .model("fake-1")
                .embeddingModel("fake-embed")
                .retry(RetryPolicy.NONE);
    }

    static Throwable failureOf(Callable<Object> call) {
        Throwable error = assertThrows(Throwable.class, call::call);
        return error instanceof ExecutionException ? assertNotNullAnd(error.getCause()) : error;
    }

    static <T> T assertNotNullAnd(@Nullable T value) {
        assertNotNull(value);
        return value;
    }

    static <T extends @Nullable Object> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** For what comes about on other threads. */
    static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it has not come about in " + PATIENCE_SECONDS + " s");
            Thread.onSpinWait();
        }
    }

    static <T> List<T> listOf(BlockingStream<T> stream) {
        List<T> items = new ArrayList<>();
        stream.forEach(items::add);
        return items;
    }

    static String textOf(List<ChatEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ChatEvent event : events) text.append(event.getText());
        return text.toString();
    }
}
