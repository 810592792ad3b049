package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.ServerException;
import dev.tandem.locallab.LocalLabHealth;
import dev.tandem.locallab.LocalLabModel;
import dev.tandem.model.Options;
import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.provider.locallab.LocalLabOptions;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.LocalLabReplies;
import dev.tandem.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same operation of a server in every style gives the same result. */
class LocalLabStylesTest {
    private static final Options PATIENT =
            CallOptions.builder().timeout(Duration.ofMinutes(1)).build();

    private final FakeServer server = FakeServer.start().answering(LocalLabReplies.server());
    private final LocalLab provider = LocalLab.at("http://127.0.0.1:" + server.getPort());
    private final JavaLocalLab lab = JavaLocalLab.of(provider);

    @AfterEach
    void close() {
        lab.close();
        server.close();
    }

    @Test
    void loadAndUnload() throws Exception {
        assertTrue(lab.blocking().load("fake-2"));
        assertTrue(get(lab.async().load("fake-1")));
        assertEquals(List.of(true), Collected.all(lab.reactive().load("fake-2")).toList());
        assertTrue(lab.blocking().load("fake-1", PATIENT));
        assertTrue(get(lab.async().load("fake-2", PATIENT)));
        assertEquals(
                List.of(true),
                Collected.all(lab.reactive().load("fake-1", PATIENT)).toList());
        assertTrue(lab.blocking().unload());
        assertTrue(get(lab.async().unload()));
        assertEquals(List.of(true), Collected.all(lab.reactive().unload()).toList());
    }

    @Test
    void current() throws Exception {
        assertEquals(
                "fake-1", lab.blocking().current().map(LocalLabModel::getId).orElse("none"));
        assertEquals(
                "fake-1", get(lab.async().current()).map(LocalLabModel::getId).orElse("none"));
        assertEquals("fake-1", Collected.all(lab.reactive().current()).first().getId());
    }

    @Test
    void noCurrentModelIsEmptyInTheWayOfEachStyle() throws Exception {
        assertTrue(lab.blocking().unload());
        assertEquals(Optional.empty(), lab.blocking().current());
        assertEquals(Optional.empty(), get(lab.async().current()));
        assertEquals(List.of(), Collected.all(lab.reactive().current()).toList());
    }

    @Test
    void listAndStatus() throws Exception {
        assertEquals(2, lab.blocking().list().size());
        assertEquals(2, get(lab.async().list()).size());
        assertEquals(2, Collected.all(lab.reactive().list()).first().size());
        assertTrue(lab.blocking().status("fake-1").isLoaded());
        assertEquals(1.0, get(lab.async().status("fake-1")).getProgress());
        assertFalse(Collected.all(lab.reactive().status("fake-2")).first().isLoaded());
    }

    @Test
    void healthAndSystemInfo() throws Exception {
        assertEquals(LocalLabHealth.HEALTHY, lab.blocking().health());
        assertEquals(LocalLabHealth.HEALTHY, get(lab.async().health()));
        assertEquals(
                List.of(LocalLabHealth.HEALTHY),
                Collected.all(lab.reactive().health()).toList());
        assertEquals("Fake T4", lab.blocking().systemInfo().getGpus().get(0).getName());
        assertEquals(42, get(lab.async().systemInfo()).getRequestCount());
        assertEquals(12.5, Collected.all(lab.reactive().systemInfo()).first().getCpuUsage());
    }

    @Test
    void instructions() throws Exception {
        lab.blocking().setInstructions("a");
        assertEquals("a", lab.blocking().instructions());
        get(lab.async().setInstructions("b"));
        assertEquals("b", get(lab.async().instructions()));
        assertEquals(
                List.of(), Collected.all(lab.reactive().setInstructions("c")).toList());
        assertEquals(List.of("c"), Collected.all(lab.reactive().instructions()).toList());
        lab.blocking().setInstructions("d", "fake-1");
        get(lab.async().setInstructions("e", "fake-2"));
        assertEquals("d", lab.blocking().instructions("fake-1"));
        assertEquals("e", get(lab.async().instructions("fake-2")));
        lab.blocking().resetInstructions("fake-1");
        get(lab.async().resetInstructions("fake-2"));
        assertEquals(
                List.of("c"),
                Collected.all(lab.reactive().instructions("fake-1")).toList());
        assertEquals(
                List.of(), Collected.all(lab.reactive().resetInstructions()).toList());
        assertEquals("You are a helpful assistant.", lab.blocking().instructions(null));
    }

    @Test
    void batchGenerate() throws Exception {
        List<String> prompts = List.of("a", "b");
        List<String> answers = List.of("Echo: a", "Echo: b");
        Options options = LocalLabOptions.builder()
                .repetitionPenalty(1.2)
                .maxTimeMillis(30_000)
                .systemPrompt("Be brief")
                .build();
        assertEquals(answers, lab.blocking().batchGenerate(prompts));
        assertEquals(answers, lab.blocking().batchGenerate(prompts, options));
        assertEquals(answers, get(lab.async().batchGenerate(prompts)));
        assertEquals(answers, get(lab.async().batchGenerate(prompts, options)));
        assertEquals(
                List.of(answers),
                Collected.all(lab.reactive().batchGenerate(prompts)).toList());
        assertEquals(
                List.of(answers),
                Collected.all(lab.reactive().batchGenerate(prompts, options)).toList());
        assertEquals(
                3,
                server.getRequests().stream()
                        .filter(r -> r.getBody().contains("\"repetition_penalty\":1.2"))
                        .count());
    }

    @Test
    void failuresAreTheSameInEveryStyle() {
        server.always(LocalLabReplies.error(500, "CUDA out of memory"));
        for (Throwable failure : List.of(
                failureOf(() -> lab.blocking().list()),
                failureOf(() -> get(lab.async().list())),
                failureOf(() -> Collected.all(lab.reactive().list()).toList()),
                failureOf(() -> get(lab.async().current())))) {
            assertInstanceOf(ServerException.class, failure);
            assertEquals("locallab 500: CUDA out of memory", failure.getMessage());
        }
    }

    @Test
    void aCancelledFutureGivesTheCallUp() {
        server.always(Reply.silence());
        CompletableFuture<Optional<LocalLabModel>> current = lab.async().current();
        server.awaitRequest();
        assertTrue(current.cancel(true));
        server.awaitHangUp();
    }

    @Test
    void sharesConnectionsWithAClient() throws Exception {
        JavaAiClient ai = JavaAiClient.builder(provider).build();
        try (JavaLocalLab shared = JavaLocalLab.of(ai)) {
            assertEquals("Echo: Hi", ai.blocking().generate("Hi"));
            assertTrue(shared.blocking().load("fake-2"));
            assertEquals("Echo: Hi", get(ai.async().generate("Hi")));
            assertEquals(1, server.getConnectionCount());
            assertEquals("LocalLabServer(locallab)", shared.toString());
            assertSame(shared.core(), JavaLocalLab.of(shared.core()).core());
        }
        assertInstanceOf(
                IllegalStateException.class, failureOf(() -> ai.blocking().generate("Hi")));
    }

    @Test
    void afterTheEndEveryStyleSaysSo() {
        lab.close();
        lab.close();
        for (Throwable failure : List.of(
                failureOf(() -> lab.blocking().health()),
                failureOf(() -> get(lab.async().health())),
                failureOf(() -> Collected.all(lab.reactive().health()).toList()))) {
            assertEquals("this client is closed: make a new one", failure.getMessage());
        }
    }
}
