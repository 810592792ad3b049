package dev.tandem.examples;

import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaWorkflowExecutor;
import dev.tandem.interop.JavaWorkflowRun;
import dev.tandem.interop.NodeFunctions;
import dev.tandem.workflow.AgentNode;
import dev.tandem.workflow.ApprovalNode;
import dev.tandem.workflow.ConditionNode;
import dev.tandem.workflow.MapNode;
import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.durable.JournalSteps;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.NodeRecord;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A graph of questions, watched, taken up again after an end, and with somebody who has to say yes. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class Workflows {
    private final Workflow capitals = Workflow.builder("capitals")
            .add(TransformNode.of(
                    "countries",
                    NodeFunctions.of(in -> List.of(in.input("countries").split(", ")))))
            .add(MapNode.builder("answers")
                    .over("{{node.countries}}")
                    .after("countries")
                    .build(AgentNode.of("capital", "What is the capital of {{item}}?")))
            .add(ConditionNode.builder("style")
                    .on("{{input.style}}")
                    .branch("list", "as a list")
                    .otherwise("as a text")
                    .after("answers")
                    .build())
            .add(TransformNode.of("as a list", NodeFunctions.of(in -> in.output("answers"))))
            .add(TransformNode.of("as a text", NodeFunctions.of(in -> "Answers: " + in.text("answers"))))
            .build();

    private final JavaWorkflowExecutor workflows;
    private final Path folder;
    private final PrintStream out;

    private Workflows(JavaWorkflowExecutor workflows, Path folder, PrintStream out) {
        this.workflows = workflows;
        this.folder = folder;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider()).build()) {
            run(ai, Files.createTempDirectory("workflows"), out);
        }
    }

    static void run(JavaAiClient ai, Path folder, PrintStream out) {
        try (JavaWorkflowExecutor workflows = JavaWorkflowExecutor.of(ai)) {
            Workflows recipe = new Workflows(workflows, folder, out);
            recipe.toItsEnd();
            recipe.watched();
            recipe.onceMore();
            recipe.approved();
        }
    }

    /** What fails is in the result, so is all that was done. */
    private void toItsEnd() {
        WorkflowResult result = workflows.blocking().execute(capitals, inputs("text"));
        out.println(result.isSuccess() ? result.nodeText("as a text") : "failed: " + result.getError());
        out.println("not chosen: " + result.node("as a list"));
    }

    /** Each event as it happens. Leaving the loop cancels the run. */
    private void watched() {
        try (BlockingStream<WorkflowEvent> events =
                workflows.blocking().stream(capitals, inputs("list"), EventFilter.UPDATES)) {
            for (WorkflowEvent event : events) {
                out.println(event);
            }
        }
    }

    /** What one run has finished, the next one reads from the journal. */
    private void onceMore() {
        for (String run : List.of("first", "second")) {
            try (JournalSteps steps = JournalSteps.open(folder.resolve("capitals.journal"))) {
                WorkflowResult result = workflows.blocking().execute(capitals, inputs("text"), steps);
                long resumed =
                        result.getNodes().stream().filter(NodeRecord::isResumed).count();
                out.println(run + " run: " + result.getState() + ", " + resumed + " nodes from the journal");
            }
        }
    }

    /** The run waits as long as it takes. */
    private void approved() {
        Workflow flow = Workflow.builder("greeting")
                .add(AgentNode.of("draft", "Hello"))
                .add(ApprovalNode.builder("approval")
                        .question("Send '{{node.draft}}'?")
                        .after("draft")
                        .build())
                .add(TransformNode.builder("send")
                        .after("approval")
                        .build(NodeFunctions.of(in -> "sent: " + in.text("draft"))))
                .build();
        JavaWorkflowRun run = workflows.start(flow);
        run.blocking().events(EventFilter.UPDATES).stream()
                .filter(WorkflowEvent.ApprovalAsked.class::isInstance)
                .findFirst()
                .ifPresent(asked -> out.println(((WorkflowEvent.ApprovalAsked) asked).getQuestion()));
        run.blocking().decide("approval", Decision.yes("Ann"));
        out.println(run.blocking().await().nodeText("send"));
    }

    private static Map<String, String> inputs(String style) {
        return Map.of("countries", "France, Japan, Norway", "style", style);
    }
}
