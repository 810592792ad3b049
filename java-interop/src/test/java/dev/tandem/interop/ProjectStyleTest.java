package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.error.TimeLimitException;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.model.ModelInfo;
import dev.tandem.model.RawRequest;
import dev.tandem.model.RawResponse;
import dev.tandem.model.Timer;
import dev.tandem.provider.TokenSource;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All that lies beyond chat: raw requests, lists in pages, tokens that run out, timers. */
class ProjectStyleTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void rawRequestsInEveryStyle() throws Exception {
        server.always(Reply.json("{\"id\":\"b-1\"}"));
        RawRequest request = RawRequest.post("/batches", "{\"input\":\"x\"}");
        List<RawResponse> responses = List.of(
                ai.blocking().send(request),
                get(ai.async().send(request)),
                Collected.all(ai.reactive().send(request)).first());
        for (RawResponse response : responses) assertEquals("{\"id\":\"b-1\"}", response.getBody());
        assertEquals(
                List.of("/v1/batches", "/v1/batches", "/v1/batches"),
                server.getRequests().stream().map(r -> r.getPath()).collect(Collectors.toList()));
    }

    @Test
    void listsInEveryStyle() throws Exception {
        server.answering(r -> page(r.getPath().contains("after=") ? 2 : 1));
        List<JsonObject> async = new ArrayList<>();
        get(ai.async().list("/files", async::add));
        List<List<JsonObject>> lists = List.of(
                listOf(ai.blocking().list("/files")),
                async,
                Collected.all(ai.reactive().list("/files")).toList());
        for (List<JsonObject> items : lists) {
            assertEquals(
                    List.of("{\"id\":\"file-1\"}", "{\"id\":\"file-2\"}"),
                    items.stream().map(JsonObject::toString).collect(Collectors.toList()));
        }
    }

    @Test
    void aPageThatNobodyWantsIsNotAskedFor() {
        server.answering(r -> page(1));
        try (BlockingStream<JsonObject> files = ai.blocking().list("/files")) {
            Iterator<JsonObject> each = files.iterator();
            assertEquals("{\"id\":\"file-1\"}", each.next().toString());
        }
        assertEquals("/v1/files", server.getRequests().get(0).getPath());
    }

    @Test
    void modelsOneByOneInEveryStyle() throws Exception {
        server.always(OpenAiReplies.models("one", "two"));
        List<ModelInfo> async = new ArrayList<>();
        get(ai.async().listModels(async::add));
        assertEquals(ai.blocking().models(), async);
        assertEquals(async, listOf(ai.blocking().listModels()));
        assertEquals(async, Collected.all(ai.reactive().listModels()).toList());
    }

    @Test
    void tokensFromASupplierThatBlocks() {
        AtomicInteger number = new AtomicInteger();
        renewed(TokenSources.of(() -> "token-" + number.incrementAndGet()), number);
    }

    @Test
    void tokensFromAFuture() {
        AtomicInteger number = new AtomicInteger();
        renewed(
                TokenSources.ofFuture(() -> CompletableFuture.supplyAsync(() -> "token-" + number.incrementAndGet())),
                number);
    }

    @Test
    void aSupplierThatFailsFailsTheCall() {
        IllegalStateException bug = new IllegalStateException("no identity");
        try (JavaAiClient tokens = withTokens(TokenSources.of(() -> {
            throw bug;
        }))) {
            Throwable error = assertThrows(
                    UnauthorizedException.class, () -> tokens.blocking().generate("Hi"));
            assertEquals(
                    bug.getMessage(),
                    Fixtures.assertNotNullAnd(error.getCause()).getMessage());
        }
    }

    @Test
    void aTokenThatIsCancelledIsNoCancelledCall() {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        try (JavaAiClient tokens = withTokens(TokenSources.ofFuture(() -> cancelled))) {
            List<Callable<Object>> calls = List.of(
                    () -> tokens.blocking().generate("Hi"),
                    () -> get(tokens.async().generate("Hi")),
                    () -> listOf(tokens.blocking().stream("Hi")));
            for (Callable<Object> call : calls) {
                assertInstanceOf(UnauthorizedException.class, Fixtures.failureOf(call));
            }
        }
    }

    @Test
    void timersByDuration() {
        server.always(Reply.silence());
        TimeLimitException error = assertInstanceOf(
                TimeLimitException.class,
                Fixtures.failureOf(() -> ai.blocking()
                        .generate(
                                "Hi",
                                CallOptions.builder()
                                        .timer(Timer.FIRST_BYTE, Duration.ofMillis(50))
                                        .build())));
        assertEquals(Timer.FIRST_BYTE, error.getTimer());
        assertEquals(50, error.getLimitMillis());
    }

    private void renewed(TokenSource tokens, AtomicInteger number) {
        server.answering(r -> "Bearer token-2".equals(r.header("Authorization"))
                ? OpenAiReplies.chat("Hello")
                : OpenAiReplies.error(401, "expired", "invalid_request_error", "invalid_api_key"));
        try (JavaAiClient client = withTokens(tokens)) {
            assertEquals("Hello", client.blocking().generate("Hi"));
            assertEquals("Hello", client.blocking().generate("Hi"));
            assertEquals(2, number.get());
        }
    }

    private JavaAiClient withTokens(TokenSource tokens) {
        return JavaAiClient.builder(
                        OpenAi.builder().baseUrl(server.getUrl()).tokens(tokens).build())
                .build();
    }

    private static Reply page(int number) {
        return Reply.json("{\"data\":[{\"id\":\"file-" + number + "\"}],\"has_more\":" + (number == 1) + "}");
    }
}
