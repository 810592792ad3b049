package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import dev.tandem.workflow.AgentNode;
import dev.tandem.workflow.ApprovalNode;
import dev.tandem.workflow.ConditionNode;
import dev.tandem.workflow.FailurePolicy;
import dev.tandem.workflow.InvalidWorkflowException;
import dev.tandem.workflow.JoinNode;
import dev.tandem.workflow.MapNode;
import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.WorkflowInput;
import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.durable.JournalSteps;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.NodeFailedException;
import dev.tandem.workflow.run.NodeState;
import dev.tandem.workflow.run.RunState;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Workflows as Java builds and runs them. */
class WorkflowTest {
    private static final Pattern PROMPT = Pattern.compile("\"content\":\"([^\"]*)\"");
    private static final Map<String, String> TOPIC = Collections.singletonMap("topic", "the sea");

    private final Workflow report = Workflow.builder("report")
            .input(WorkflowInput.of("topic", WorkflowInput.Type.TEXT))
            .add(AgentNode.of("facts", "What of {{input.topic}}?"))
            .add(TransformNode.builder("words")
                    .after("facts")
                    .build(NodeFunctions.of(in -> in.text().split(" ").length)))
            .add(AgentNode.builder("summary")
                    .prompt("{{node.words}} words: {{node.facts}}")
                    .after("facts", "words")
                    .outputName("report")
                    .build())
            .build();

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path folder;

    private JavaWorkflowExecutor workflows;

    @BeforeEach
    void answerEachPrompt() {
        scene.server.answering(WorkflowTest::answer);
        workflows = JavaWorkflowExecutor.of(scene.ai);
    }

    @AfterEach
    void close() {
        workflows.close();
    }

    @Test
    void runsInEveryStyle() throws Exception {
        for (WorkflowResult result : List.of(
                workflows.blocking().execute(report, TOPIC),
                get(workflows.async().execute(report, TOPIC)),
                Collected.all(workflows.reactive().execute(report, TOPIC))
                        .toList()
                        .get(0))) {
            assertTrue(result.isSuccess());
            assertEquals("re: 5 words: re: What of the sea?", result.variable("report"));
            assertEquals("5", result.nodeText("words"));
            assertEquals(RunState.COMPLETED, result.orThrow().getState());
        }
        assertEquals(3, workflows.stats().getTotal());
        workflows.resetStats();
        assertEquals(0, workflows.stats().getTotal());
    }

    @Test
    void tellsWhatHappensInEveryStyle() throws Exception {
        List<String> told = List.of(
                "RunStarted()",
                "NodeStarted(facts)",
                "NodeCompleted(facts)",
                "NodeStarted(words)",
                "NodeCompleted(words)",
                "NodeStarted(summary)",
                "NodeCompleted(summary)",
                "RunCompleted()");
        try (BlockingStream<WorkflowEvent> events = workflows.blocking().stream(report, TOPIC, EventFilter.UPDATES)) {
            assertEquals(told, ofNodes(events.stream()));
        }
        List<WorkflowEvent> heard = new ArrayList<>();
        get(workflows.async().stream(report, TOPIC, EventFilter.UPDATES, heard::add));
        assertEquals(told, ofNodes(heard.stream()));
        List<WorkflowEvent> seen = Collected.all(workflows.reactive().stream(report, TOPIC, EventFilter.UPDATES))
                .toList();
        assertEquals(told, ofNodes(seen.stream()));
    }

    @Test
    void aFailureIsInTheResult() {
        Workflow flow = Workflow.builder("w")
                .add(AgentNode.of("good", "hello"))
                .add(AgentNode.builder("bad").prompt("bad").after("good").build())
                .build();
        WorkflowResult result = workflows.blocking().execute(flow);
        assertTrue(result.isFailed());
        NodeFailedException error = assertInstanceOf(NodeFailedException.class, result.getError());
        assertEquals("bad", error.getNode());
        assertEquals("re: hello", result.nodeText("good"));
        assertThrows(NodeFailedException.class, result::orThrow);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Workflow.Builder wrong =
                Workflow.builder("w").add(AgentNode.of("a", "{{node.b}}")).connect("a", "a");
        assertEquals(2, wrong.validate().size());
        InvalidWorkflowException error = assertThrows(InvalidWorkflowException.class, wrong::build);
        assertTrue(error.toString().contains("'a' -> 'a'"), error.toString());
    }

    @Test
    void conditionsMapsAndFallbacks() {
        Workflow flow = Workflow.builder("w")
                .add(TransformNode.of(
                        "list", NodeFunctions.ofAsync(in -> CompletableFuture.completedFuture(List.of("a", "b")))))
                .add(MapNode.builder("all")
                        .over("{{node.list}}")
                        .after("list")
                        .build(AgentNode.of("each", "do {{item}}")))
                .add(ConditionNode.builder("route").after("all").build(NodeFunctions.of(in -> "yes")))
                .add(AgentNode.builder("yes")
                        .prompt("bad")
                        .after("route")
                        .onFailure(FailurePolicy.fallback("instead"))
                        .build())
                .add(JoinNode.of("no", "route"))
                .add(JoinNode.of("end", "yes", "no"))
                .build();
        WorkflowResult result = workflows.blocking().execute(flow);
        assertEquals("[\"re: do a\",\"re: do b\"]", result.nodeText("all"));
        assertEquals("{\"yes\":\"instead\"}", result.nodeText("end"));
        assertEquals(NodeState.SKIPPED, result.node("no").getState());
    }

    @Test
    void goesOnAfterAJournal() {
        Path journal = folder.resolve("run.journal");
        try (JournalSteps steps = JournalSteps.open(journal)) {
            assertTrue(workflows.blocking().execute(report, TOPIC, steps).isSuccess());
        }
        int before = scene.server.getRequests().size();
        try (JournalSteps steps = JournalSteps.open(journal)) {
            WorkflowResult again = workflows.blocking().execute(report, TOPIC, steps);
            assertTrue(again.node("facts").isResumed());
        }
        assertEquals(before, scene.server.getRequests().size());
    }

    @Test
    void somebodyApprovesInEveryStyle() throws Exception {
        Workflow flow =
                Workflow.builder("w").add(ApprovalNode.of("ok", "Do it?")).build();
        for (int style = 0; style < 3; style++) {
            JavaWorkflowRun run = workflows.start(flow, Collections.emptyMap());
            WorkflowEvent asked = run.blocking().events(EventFilter.UPDATES).stream()
                    .filter(e -> e instanceof WorkflowEvent.ApprovalAsked)
                    .findFirst()
                    .orElseThrow(AssertionError::new);
            assertEquals("Do it?", ((WorkflowEvent.ApprovalAsked) asked).getQuestion());
            assertFalse(run.isOver());
            Decision yes = Decision.yes("Ann");
            boolean isFirst = style == 0
                    ? run.blocking().decide("ok", yes)
                    : style == 1
                            ? get(run.async().decide("ok", yes))
                            : Collected.all(run.reactive().decide("ok", yes))
                                    .toList()
                                    .get(0);
            assertTrue(isFirst);
            assertTrue(run.blocking().await().isSuccess());
            assertTrue(get(run.async().await()).isSuccess());
            assertNotNull(Collected.all(run.reactive().await()).toList().get(0));
            assertTrue(run.isOver());
        }
    }

    @Test
    void cancellingTheFutureInterruptsAFunction() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Workflow flow = Workflow.builder("w")
                .add(TransformNode.of("slow", NodeFunctions.of(in -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return null;
                })))
                .build();
        CompletableFuture<WorkflowResult> future = workflows.async().execute(flow);
        begun.await();
        future.cancel(true);
        interrupted.await();
        assertTrue(future.isCancelled());
    }

    private static List<String> ofNodes(Stream<WorkflowEvent> events) {
        return events.map(Object::toString).filter(e -> !e.startsWith("Llm")).collect(Collectors.toList());
    }

    private static Reply answer(FakeRequest request) {
        Matcher prompt = PROMPT.matcher(request.getBody());
        assertTrue(prompt.find());
        String text = prompt.group(1);
        return text.endsWith("bad")
                ? OpenAiReplies.error(400, "it is bad", "invalid_request_error", null)
                : OpenAiReplies.chat("re: " + text);
    }
}
