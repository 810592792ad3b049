package dev.tandem.examples.graphbit;

import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.JavaWorkflowExecutor;
import dev.tandem.interop.NodeFunctions;
import dev.tandem.model.ToolPolicy;
import dev.tandem.workflow.AgentNode;
import dev.tandem.workflow.ConditionNode;
import dev.tandem.workflow.FailurePolicy;
import dev.tandem.workflow.InvalidWorkflowException;
import dev.tandem.workflow.Problem;
import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.ExecutorMode;
import dev.tandem.workflow.run.ExecutorStats;
import dev.tandem.workflow.run.ModelCall;
import dev.tandem.workflow.run.NodeRecord;
import dev.tandem.workflow.run.ToolUse;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Workflows: built, looked at, run, watched, read. */
final class Graphs {
    private final JavaAiClient ai;
    private final Shown shown;
    private final Workflow flow = Workflow.builder("greeting")
            .add(AgentNode.of("capital", "What is the capital of {{input.country}}?"))
            .add(AgentNode.builder("weather")
                    .prompt("What is the weather in {{input.city}}?")
                    .id("agent-2")
                    .client("strong")
                    .options(o -> o.temperature(0.2)
                            .maxTokens(200)
                            .promptCaching(true)
                            .tools(JavaTools.from(new Weather()))
                            .toolPolicy(ToolPolicy.builder().maxRounds(10).build()))
                    .outputName("forecast")
                    .build())
            .add(TransformNode.of(
                    "words", NodeFunctions.of(in -> in.text("capital").split(" ").length)))
            .add(ConditionNode.of(
                    "route", NodeFunctions.of(in -> in.text("words").equals("6") ? "short" : "long")))
            .add(TransformNode.of("short", NodeFunctions.of(in -> in.text("capital"))))
            .add(AgentNode.builder("long")
                    .system("Be brief")
                    .prompt("Summarise {{node.capital}}")
                    .onFailure(FailurePolicy.fallback("too long"))
                    .build())
            .connect("capital", "words")
            .connect("words", "route")
            .connect("route", "short")
            .connect("route", "long")
            .build();

    Graphs(JavaAiClient ai, Shown shown) {
        this.ai = ai;
        this.shown = shown;
    }

    void run() {
        looks();
        try (JavaWorkflowExecutor workflows = JavaWorkflowExecutor.builder(ai)
                .client("strong", ai)
                .settings(s -> s.mode(ExecutorMode.LOW_LATENCY)
                        .runTimeout(Duration.ofMinutes(5))
                        .retry(r -> r.maxAttempts(4)))
                .build()) {
            runs(workflows);
            watches(workflows);
            counts(workflows);
        }
    }

    private void looks() {
        shown.line("Workflow", flow.getName(), flow.getNodeCount(), flow.getNodes(), flow.getConnections());
        if (flow.node("agent-2") instanceof AgentNode agent) {
            shown.line(
                    "Node", agent.getId(), agent.getName(), agent.getOptions().getTools());
        }
        Workflow.Builder wrong = Workflow.builder("wrong")
                .add(AgentNode.of("one", "After {{node.two}}"))
                .connect("one", "one");
        for (Problem problem : wrong.validate()) shown.line("validate", problem.getKind(), problem.getMessage());
        try {
            wrong.build();
        } catch (InvalidWorkflowException e) {
            shown.line("refused", e.getMessage());
        }
    }

    private void runs(JavaWorkflowExecutor workflows) {
        Map<String, String> inputs = Map.of("country", "France", "city", "Oslo");
        WorkflowResult result = workflows.blocking().execute(flow, inputs);
        CompletableFuture<WorkflowResult> later = workflows.async().execute(flow, inputs);
        shown.line("run_async", later.join().orThrow());
        shown.line("execute", result.isSuccess(), result.isFailed(), result.getState(), result.getError());
        shown.line("execution_time_ms", result.getExecutionTimeMillis());
        shown.line("get_variable", result.variable("forecast"));
        shown.line("get_all_variables", result.getAllVariableTexts(), result.getAllVariables());
        shown.line("get_node_output", result.nodeText("capital"), result.nodeAs("words", Integer.class));
        shown.line("get_all_node_outputs", result.getAllNodeTexts(), result.getAllNodeOutputs());
        shown.line("usage", result.getUsage(), result.getFailures());
        NodeRecord node = result.node("weather");
        shown.line("get_node_response_metadata", node, node.getInput(), node.getOutput(), node.getError());
        shown.line("and", node.getStartedAtMillis(), node.getDurationMillis(), node.getUsage());
        shown.line("and", node.getRetries(), node.getTimeline());
        for (ToolUse tool : node.getToolCalls()) {
            shown.line("tool_calls", tool.getTool(), tool.getArguments(), tool.getResult(), tool.getRound());
        }
        for (ModelCall call : node.getModelCalls()) {
            shown.line("llm_call", call.getModel(), call.getTookMillis(), call.getUsage(), call.getFinishReason());
        }
        shown.line("get_all_node_response_metadata", result.getNodes());
    }

    private void watches(JavaWorkflowExecutor workflows) {
        Map<String, String> inputs = Map.of("country", "Japan", "city", "Oslo");
        StringBuilder said = new StringBuilder();
        try (BlockingStream<WorkflowEvent> events = workflows.blocking().stream(flow, inputs)) {
            for (WorkflowEvent event : events) {
                if (event instanceof WorkflowEvent.LlmCallStarted call) {
                    shown.line("llm_call_started", event.getRunId(), event.getAtMillis(), call.getModel());
                }
                if (event instanceof WorkflowEvent.Token token) said.append(token.getText());
                if (event instanceof WorkflowEvent.NodeCompleted done) shown.line("node_completed", done.getRecord());
                if (event instanceof WorkflowEvent.RunCompleted end) shown.line("workflow_completed", end.getResult());
            }
        }
        shown.line("token", said);
        List<WorkflowEvent> heard = new CopyOnWriteArrayList<>();
        workflows.async().stream(flow, inputs, EventFilter.UPDATES, heard::add).join();
        shown.line("updates", heard);
    }

    private void counts(JavaWorkflowExecutor workflows) {
        ExecutorStats stats = workflows.stats();
        shown.line("get_stats", stats.getTotal(), stats.getSuccessful(), stats.getFailed(), stats.getSuccessRate());
        shown.line("and", stats.getAverageDurationMillis(), stats.getTotalDurationMillis(), stats.getUptimeMillis());
        workflows.resetStats();
        workflows.configure(s -> s.runTimeoutMillis(60_000).countsRuns(false));
        shown.line("get_execution_mode", workflows.getSettings().getMode());
    }
}
