package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.ToolScene.resultOf;
import static dev.tandem.interop.ToolScene.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.ToolFailedException;
import dev.tandem.interop.annotation.Description;
import dev.tandem.interop.type.TypeRef;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Options;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.tool.Tool;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JavaToolsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    record Question(@Description("Name of the city") String city, LocalDate day) {}

    record Weather(String sky, double celsius) {}

    private static final String LISBON = "{'city':'Lisbon','day':'2026-01-31'}";

    private static Tool weather() {
        return JavaTools.of(
                "weather",
                "The weather of a day",
                Question.class,
                q -> new Weather("clear in " + q.city, q.day.getYear()));
    }

    @Test
    void aRecordComesInAndJsonGoesOut() throws Exception {
        assertEquals("{\"sky\":\"clear in Lisbon\",\"celsius\":2026.0}", resultOf(scene, weather(), LISBON));
        String sent = scene.server.getRequests().get(0).getBody();
        assertTrue(sent.contains("\"city\":{\"type\":\"string\",\"description\":\"Name of the city\"}"), sent);
        assertTrue(sent.contains("\"day\":{\"type\":\"string\",\"format\":\"date\"}"), sent);
    }

    @Test
    void everyStyleRunsIt() throws Exception {
        Options options = CallOptions.builder().tools(weather()).build();
        script(scene, "weather", LISBON);
        assertEquals("Done.", scene.ai.blocking().generate("Weather?", options));
        script(scene, "weather", LISBON);
        assertEquals("Done.", get(scene.ai.async().generate("Weather?", options)));
        script(scene, "weather", LISBON);
        assertEquals(
                List.of("Done."),
                Collected.all(scene.ai.reactive().generate("Weather?", options)).toList());
    }

    @Test
    void textIsReadAsItIsAndNothingIsDone() {
        assertEquals("just text", resultOf(scene, JavaTools.of("text", "Says so", () -> "just text"), "{}"));
        assertEquals("done", resultOf(scene, JavaTools.of("nothing", "Says nothing", () -> null), "{}"));
        assertEquals("[1,2]", resultOf(scene, JavaTools.of("list", "Some numbers", () -> List.of(1, 2)), "{}"));
    }

    @Test
    void aStageIsWaitedFor() {
        Tool tool = JavaTools.ofFuture(
                "later",
                "Takes its time",
                Question.class,
                q -> CompletableFuture.supplyAsync(() -> Map.of("city", q.city)));
        assertEquals("{\"city\":\"Lisbon\"}", resultOf(scene, tool, LISBON));
        assertEquals(
                "done",
                resultOf(
                        scene, JavaTools.ofFuture("end", "Ends", () -> CompletableFuture.completedFuture(null)), "{}"));
    }

    @Test
    void argumentsWithTypeArguments() {
        record Batch<T>(List<T> items) {}
        Tool tool = JavaTools.of(
                "count",
                "Counts",
                new TypeRef<Batch<Question>>() {},
                batch -> batch.items().get(0).city);
        assertEquals("Lisbon", resultOf(scene, tool, "{'items':[" + LISBON + "]}"));
        assertEquals(
                "the arguments of tool 'x' must have names, so be a record or a class, but are String",
                assertThrows(IllegalArgumentException.class, () -> JavaTools.of("x", "y", String.class, s -> s))
                        .getMessage());
    }

    @Test
    void whatTheModelGetsWrongItIsTold() {
        String told = resultOf(scene, weather(), "{'city':'Lisbon','day':'soon'}");
        assertTrue(told.contains("$.day") && told.contains("soon"), told);
    }

    @Test
    void whatAToolThrowsFailsTheCallIfThatIsWanted() {
        IOException broken = new IOException("no disk");
        Tool tool = JavaTools.ofFuture("disk", "Reads", () -> CompletableFuture.failedFuture(broken));
        String told = resultOf(scene, tool, "{}");
        assertTrue(told.contains("no disk"), told);
        String shapeless = resultOf(scene, JavaTools.of("object", "Gives nothing to show", () -> new Object()), "{}");
        assertTrue(shapeless.contains("nothing to show as JSON"), shapeless);
        script(scene, "disk", "{}");
        Options options = CallOptions.builder()
                .tools(tool)
                .toolPolicy(p -> p.failsWithTool(true))
                .build();
        ToolFailedException failure = assertInstanceOf(
                ToolFailedException.class, failureOf(() -> scene.ai.blocking().generate("Go", options)));
        assertTrue(String.valueOf(failure.getMessage()).contains("no disk"), failure.getMessage());
    }

    @Test
    void aToolThatCancelsItselfHasFailedAndNotTheCall() {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        String told = resultOf(scene, JavaTools.ofFuture("gone", "Is gone", () -> cancelled), "{}");
        assertTrue(told.contains("cancelled"), told);
    }

    @Test
    void aToolThatIsTooSlowIsInterrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Tool slow = JavaTools.of("slow", "Takes for ever", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "late";
        });
        String told = resultOf(scene, JavaTools.withTimeout(slow, Duration.ofMillis(500)), "{}");
        assertTrue(told.contains("took longer than 500ms"), told);
        assertTrue(interrupted.await(Fixtures.PATIENCE_SECONDS, TimeUnit.SECONDS));
        CompletableFuture<String> forgotten = new CompletableFuture<>();
        Tool later = JavaTools.withTimeout(
                JavaTools.ofFuture("later", "Takes for ever", () -> forgotten), Duration.ofMillis(500));
        assertTrue(resultOf(scene, later, "{}").contains("took longer than 500ms"));
        assertTrue(forgotten.isCancelled());
    }

    @Test
    void nobodyWaitsForAToolThatDoesNotListen() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Tool deaf = JavaTools.of("deaf", "Does not listen", () -> {
            started.countDown();
            boolean isReleased = false;
            while (!isReleased) {
                try {
                    release.await();
                    isReleased = true;
                } catch (InterruptedException e) {
                    // Goes on.
                }
            }
            return "late";
        });
        script(scene, "deaf", "{}");
        CompletableFuture<String> call = scene.ai
                .async()
                .generate("Go", CallOptions.builder().tools(deaf).build());
        assertTrue(started.await(Fixtures.PATIENCE_SECONDS, TimeUnit.SECONDS));
        call.cancel(true);
        assertEquals("Done.", scene.ai.blocking().generate("Hi"));
        Fixtures.awaitTrue(() -> scene.ai.stats().getInFlight() == 0);
        release.countDown();
    }

    @Test
    void toolsOfTheClientAndItsPolicy() {
        scene.server.enqueue(
                OpenAiReplies.toolCall("c", "weather", LISBON.replace('\'', '"')), OpenAiReplies.chat("Fine."));
        try (JavaAiClient ai = JavaAiClient.builder(
                        dev.tandem.provider.openai.OpenAi.compatible(scene.server.getUrl(), "sk-test"))
                .model("fake-1")
                .tools(weather())
                .toolPolicy(p -> p.maxRounds(1).timeoutMillis(5_000))
                .build()) {
            assertEquals("Fine.", ai.blocking().generate("Weather?"));
        }
    }

    @Test
    void somebodyMayHaveToAgree() {
        Options options = CallOptions.builder()
                .tools(weather())
                .toolPolicy(p ->
                        p.approval(Approvals.of(call -> call.getArguments().contains("Lisbon") ? "Not Lisbon." : null)))
                .build();
        assertEquals("Not Lisbon.", resultOf(scene, "weather", LISBON, options));
        String paris = resultOf(scene, "weather", LISBON.replace("Lisbon", "Paris"), options);
        assertTrue(paris.contains("clear in Paris"), paris);
        Options later = CallOptions.builder()
                .tools(weather())
                .toolPolicy(p -> p.approval(Approvals.ofFuture(call -> CompletableFuture.completedFuture("Later."))))
                .build();
        assertEquals("Later.", resultOf(scene, "weather", LISBON, later));
    }

    @Test
    void whoeverIsAskedMayUseTheClient() {
        scene.server.enqueue(
                OpenAiReplies.toolCall("c", "weather", LISBON.replace('\'', '"')),
                OpenAiReplies.chat("no"),
                OpenAiReplies.chat("Refused."));
        Options options = CallOptions.builder()
                .tools(weather())
                .toolPolicy(
                        p -> p.approval(Approvals.of(call -> scene.ai.blocking().generate("May it?"))))
                .build();
        assertEquals(
                "no",
                scene.ai
                        .blocking()
                        .chat(ChatRequest.of("Go", options))
                        .getSteps()
                        .get(1)
                        .getText());
        assertFalse(scene.server.getRequests().isEmpty());
    }
}
