package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.JavaWorkflowExecutor;
import dev.tandem.interop.NodeFunctions;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.tool.Tool;
import dev.tandem.workflow.AgentNode;
import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.WorkflowInputs;
import dev.tandem.workflow.format.WorkflowFiles;
import dev.tandem.workflow.format.WorkflowParts;
import dev.tandem.workflow.run.WorkflowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/workflows.md and docs/workflow-files.md, and the file that the latter shows. */
class WorkflowPagesTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs");
    private static final Pattern YAML = Pattern.compile("^```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    public record City(String name, int people) {}

    public record Query(String text) {}

    @TempDir
    Path folder;

    @Test
    void aGraph() {
        try (JavaAiClient ai = JavaAiClient.builder(ScriptedModel.saying("Ebb and flow.", "Too short.", "Tides."))
                .build()) {
            Workflow report = Workflow.builder("report")
                    .add(AgentNode.of("facts", "What is known about {{input.topic}}?"))
                    .add(AgentNode.builder("risks")
                            .prompt("What may be wrong in {{node.facts}}?")
                            .after("facts")
                            .build())
                    .add(AgentNode.builder("summary")
                            .prompt("Summarise it")
                            .after("facts", "risks")
                            .build())
                    .build();
            WorkflowResult result = JavaWorkflowExecutor.of(ai).blocking().execute(report, Map.of("topic", "tides"));
            assertEquals("Tides.", result.nodeText("summary"));
        }
    }

    @Test
    void typesOfYours() {
        try (JavaAiClient ai = JavaAiClient.builder(ScriptedModel.saying("{\"city\": \"Oslo\", \"nights\": 3}"))
                        .build();
                JavaWorkflowExecutor workflows = JavaWorkflowExecutor.of(ai)) {
            record Trip(String city, int nights) {}

            Workflow flow = Workflow.builder("trip")
                    .add(AgentNode.builder("plan")
                            .prompt("Plan {{input.nights}} nights in {{input.city}}")
                            .answer(Trip.class)
                            .options(o -> o.temperature(0.2))
                            .timeout(Duration.ofMinutes(1))
                            .build())
                    .add(TransformNode.builder("longer").after("plan").build(NodeFunctions.of(in -> {
                        Trip plan = in.outputAs("plan", Trip.class);
                        return new Trip(plan.city(), plan.nights() + 1);
                    })))
                    .build();
            Trip longer = workflows
                    .blocking()
                    .execute(flow, WorkflowInputs.of(new Trip("Oslo", 3)))
                    .orThrow()
                    .nodeAs("longer", Trip.class);
            assertEquals(new Trip("Oslo", 4), longer);
        }
    }

    @Test
    void aFile() throws IOException {
        Matcher yaml = YAML.matcher(Files.readString(DOCS.resolve("workflow-files.md")));
        assertTrue(yaml.find());
        Path file = Files.writeString(folder.resolve("triage.yaml"), yaml.group(1));
        Tool search = JavaTools.of("search", "Finds pages", Query.class, query -> "nothing about " + query.text());

        WorkflowFiles files = WorkflowFiles.of(WorkflowParts.builder()
                .function("clean", NodeFunctions.of(in -> in.input("report").strip()))
                .tool(search)
                .answer(JavaTypes.of(City.class))
                .build());
        Workflow triage = files.load(file);

        assertEquals("triage", triage.getName());
    }
}
