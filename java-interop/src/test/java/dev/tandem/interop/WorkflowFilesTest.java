package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.WorkflowInput;
import dev.tandem.workflow.drawing.Dot;
import dev.tandem.workflow.drawing.Mermaid;
import dev.tandem.workflow.drawing.Timeline;
import dev.tandem.workflow.format.FormatProblem;
import dev.tandem.workflow.format.WorkflowFiles;
import dev.tandem.workflow.format.WorkflowFormatException;
import dev.tandem.workflow.format.WorkflowParts;
import dev.tandem.workflow.run.WorkflowResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Workflows in files, and drawn, as Java sees them. */
class WorkflowFilesTest {
    private final WorkflowFiles files = WorkflowFiles.of(WorkflowParts.builder()
            .function("shout", NodeFunctions.of(in -> in.input("word") + "!"))
            .build());

    private final Workflow workflow = Workflow.builder("shouting")
            .input(WorkflowInput.of("word", WorkflowInput.Type.TEXT))
            .add(TransformNode.builder("shouted").functionName("shout").build(NodeFunctions.of(in -> "")))
            .build();

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path folder;

    @Test
    void whatIsSavedIsLoadedWithItsFunctions() throws IOException {
        for (String ending : new String[] {"json", "yaml"}) {
            Path path = folder.resolve("shouting." + ending);
            files.save(workflow, path);
            WorkflowResult result = JavaWorkflowExecutor.of(scene.ai)
                    .blocking()
                    .execute(files.load(path), Collections.singletonMap("word", "hear"));
            assertEquals("hear!", result.nodeText("shouted"));
        }
    }

    @Test
    void whatIsWrongIsInTheException() {
        WorkflowFormatException thrown = assertThrows(
                WorkflowFormatException.class, () -> WorkflowFiles.of().fromYaml(files.toYaml(workflow)));
        FormatProblem problem = thrown.getProblems().get(0);
        assertEquals(FormatProblem.Kind.UNKNOWN_PART, problem.getKind());
        assertEquals("nodes[0].function", problem.getPath());
        assertEquals(Integer.valueOf(8), problem.getLine());
    }

    @Test
    void workflowsAndRunsAreDrawn() {
        assertTrue(Mermaid.of(workflow).contains("flowchart"));
        assertTrue(Dot.of(workflow).startsWith("digraph"));
        WorkflowResult result = JavaWorkflowExecutor.of(scene.ai)
                .blocking()
                .execute(files.fromJson(files.toJson(workflow)), Collections.singletonMap("word", "hear"));
        assertTrue(Timeline.svg(result).startsWith("<svg"));
        assertTrue(Timeline.mermaid(result).startsWith("gantt"));
    }
}
