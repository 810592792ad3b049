package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.Options;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.tool.Tool;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where code of the user runs: on threads of its own, as many as it takes. */
class CallbackThreadsTest {
    private static final int MANY = 100;

    @RegisterExtension
    final Scene scene = new Scene();

    private final JavaAiClient ai = scene.ai;

    /** A model that asks for the tool it is offered, until it has an answer of it. */
    private static FakeServer asking(FakeServer server) {
        return server.answering(request -> {
            String body = request.getBody();
            if (body.contains("\"role\":\"tool\"")) return OpenAiReplies.chat("Done.");
            return body.contains("\"tools\"") ? OpenAiReplies.toolCall("c", "tool", "{}") : OpenAiReplies.chat("inner");
        });
    }

    private static Options with(Tool tool) {
        return CallOptions.builder().tools(tool).build();
    }

    @Test
    void manyThatHangDoNotKeepOthersWaiting() throws Exception {
        asking(scene.server);
        CountDownLatch hanging = new CountDownLatch(MANY);
        CountDownLatch release = new CountDownLatch(1);
        Tool hang = JavaTools.of("tool", "Hangs", () -> {
            hanging.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "late";
        });
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) calls.add(ai.async().generate("Go", with(hang)));
        assertTrue(hanging.await(3 * PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals("Done.", ai.blocking().generate("Go", with(JavaTools.of("tool", "Is quick", () -> "quick"))));
        release.countDown();
        for (CompletableFuture<String> call : calls) assertEquals("Done.", get(call));
    }

    @Test
    void aToolMayUseTheBlockingViewInEveryStyle() throws Exception {
        asking(scene.server);
        List<String> inner = new ArrayList<>();
        Options options = with(JavaTools.of("tool", "Asks again", () -> {
            inner.add(ai.blocking().generate("And?"));
            return "asked";
        }));
        assertEquals("Done.", ai.blocking().generate("Go", options));
        assertEquals("Done.", get(ai.async().generate("Go", options)));
        assertEquals(
                List.of("Done."),
                Collected.all(ai.reactive().generate("Go", options)).toList());
        assertEquals(List.of("inner", "inner", "inner"), inner);
    }

    @Test
    void threadsAreDaemonsWithANameAndVirtualFrom21On() throws Exception {
        asking(scene.server);
        CompletableFuture<Thread> seen = new CompletableFuture<>();
        ai.blocking().generate("Go", with(JavaTools.of("tool", "Looks", () -> seen.complete(Thread.currentThread()))));
        Thread thread = get(seen);
        assertTrue(thread.getName().startsWith("tandem-callback-"), thread.getName());
        assertTrue(thread.isDaemon());
        assertEquals(Runtime.version().feature() >= 21, isVirtual(thread));
    }

    @Test
    void whatTheCallerCarriesIsThere() throws Exception {
        asking(scene.server);
        NoteCarrier.NOTE.set("mine");
        try {
            CompletableFuture<@Nullable String> seen = new CompletableFuture<>();
            Options options = with(JavaTools.of("tool", "Looks", () -> seen.complete(NoteCarrier.NOTE.get())));
            assertEquals("Done.", get(ai.async().generate("Go", options)));
            assertEquals("mine", get(seen));
        } finally {
            NoteCarrier.NOTE.remove();
        }
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) return false;
        Method isVirtual = Thread.class.getMethod("isVirtual");
        return (Boolean) isVirtual.invoke(thread);
    }
}
