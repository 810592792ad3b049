package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.error.ModelNotFoundException;
import dev.tandem.ollama.OllamaModels;
import dev.tandem.ollama.PullProgress;
import dev.tandem.provider.ollama.Ollama;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OllamaReplies;
import dev.tandem.testing.Reply;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same operation in every style gives the same result. */
class OllamaModelsTest {
    private final FakeServer server = FakeServer.start();
    private final JavaOllamaModels models = JavaOllamaModels.of(Ollama.at("http://127.0.0.1:" + server.getPort()));

    @AfterEach
    void close() {
        models.close();
        server.close();
    }

    @Test
    void everyStyleHasEveryOperation() {
        assertEquals(namesOf(OllamaModels.class), namesOf(BlockingOllamaModels.class));
        assertEquals(namesOf(OllamaModels.class), namesOf(AsyncOllamaModels.class));
        assertEquals(namesOf(OllamaModels.class), namesOf(ReactiveOllamaModels.class));
    }

    @Test
    void list() throws Exception {
        server.always(OllamaReplies.models("a:latest"));
        assertEquals("a:latest", models.blocking().list().get(0).getName());
        assertEquals(models.blocking().list(), get(models.async().list()));
        assertEquals(
                List.of(models.blocking().list()),
                Collected.all(models.reactive().list()).toList());
    }

    @Test
    void has() throws Exception {
        server.always(OllamaReplies.models("a:latest"));
        assertEquals(true, models.blocking().has("a"));
        assertEquals(true, get(models.async().has("a")));
        assertEquals(List.of(false), Collected.all(models.reactive().has("b")).toList());
    }

    @Test
    void pull() throws Exception {
        server.always(OllamaReplies.pull(200, 50, 200));
        List<PullProgress> blocking;
        try (BlockingStream<PullProgress> steps = models.blocking().pull("a")) {
            blocking = listOf(steps);
        }
        List<PullProgress> async = Collections.synchronizedList(new ArrayList<>());
        get(models.async().pull("a", async::add));
        assertEquals(6, blocking.size());
        assertEquals(0.25, blocking.get(1).getFraction());
        assertEquals(blocking, async);
        assertEquals(blocking, Collected.all(models.reactive().pull("a")).toList());
    }

    @Test
    void pullOfAnUnknownModel() {
        server.always(OllamaReplies.pullThenError("pull model manifest: file does not exist"));
        assertInstanceOf(
                ModelNotFoundException.class,
                Fixtures.failureOf(() -> listOf(models.blocking().pull("a"))));
        assertInstanceOf(
                ModelNotFoundException.class,
                Fixtures.failureOf(() -> get(models.async().pull("a", step -> {}))));
    }

    @Test
    void toGiveAPullUpIsToHangUp() {
        server.always(Reply.linesThenHold(List.of("{\"status\":\"pulling manifest\"}")));
        try (BlockingStream<PullProgress> steps = models.blocking().pull("a")) {
            Iterator<PullProgress> each = steps.iterator();
            assertEquals("pulling manifest", each.next().getStatus());
        }
        server.awaitHangUp();
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        CompletableFuture<?> pull = models.async().pull("a", step -> first.complete(true));
        first.join();
        pull.cancel(true);
        server.awaitHangUp();
    }

    @Test
    void delete() throws Exception {
        server.always(Reply.of(200, "text/plain", ""));
        models.blocking().delete("a");
        get(models.async().delete("a"));
        assertEquals(List.of(), Collected.all(models.reactive().delete("a")).toList());
        assertEquals(3, server.getRequests().size());
    }

    @Test
    void theModelsOfAClientEndWithIt() {
        JavaAiClient ai = JavaAiClient.builder(Ollama.at("http://127.0.0.1:" + server.getPort()))
                .build();
        JavaOllamaModels shared = JavaOllamaModels.of(ai);
        assertEquals("OllamaModels(ollama)", shared.toString());
        ai.close();
        assertThrows(IllegalStateException.class, () -> shared.blocking().list());
    }

    private static List<String> namesOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> !m.isSynthetic() && !m.getName().contains("$"))
                .map(Method::getName)
                .filter(name -> !name.equals("close") && !name.equals("toString"))
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }
}
