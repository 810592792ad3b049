package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.annotation.Name;
import dev.tandem.interop.type.TypeRef;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.workflow.AgentNode;
import dev.tandem.workflow.FailurePolicy;
import dev.tandem.workflow.MapNode;
import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.WorkflowInputs;
import dev.tandem.workflow.run.WorkflowResult;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records and classes of Java's as what nodes take and give. */
class WorkflowTypesTest {
    private static final Stay OSLO = new Stay("Oslo", 3, LocalDate.of(2030, 1, 31));

    @RegisterExtension
    final Scene scene = new Scene();

    private JavaWorkflowExecutor workflows;

    private record Stay(@Name("city") String town, int nights, LocalDate from) {}

    private record Trip(Stay first, List<Stay> others) {}

    /** No record. */
    public static final class Price {
        private long cents;

        public long getCents() {
            return cents;
        }

        public void setCents(long cents) {
            this.cents = cents;
        }
    }

    @BeforeEach
    void open() {
        workflows = JavaWorkflowExecutor.of(scene.ai);
    }

    @AfterEach
    void close() {
        workflows.close();
    }

    @Test
    void recordsGoInAndComeOut() {
        Workflow flow = Workflow.builder("w")
                .add(TransformNode.of("longer", NodeFunctions.of(in -> {
                    Stay stay = in.inputAs("first", Stay.class);
                    return new Stay(stay.town(), stay.nights() + 1, stay.from());
                })))
                .add(MapNode.builder("towns")
                        .over("{{input.others}}")
                        .build(TransformNode.of(
                                "each",
                                NodeFunctions.of(in -> in.itemAs(Stay.class).town()))))
                .add(TransformNode.builder("trip")
                        .after("longer", "towns")
                        .outputName("result")
                        .build(NodeFunctions.of(in -> new Trip(in.outputAs("longer", Stay.class), List.of(OSLO)))))
                .add(TransformNode.builder("text").after("trip").build(NodeFunctions.of(in -> in.text("trip"))))
                .build();
        WorkflowResult result = workflows
                .blocking()
                .execute(flow, WorkflowInputs.of(new Trip(OSLO, List.of(OSLO, OSLO))))
                .orThrow();
        assertEquals(new Stay("Oslo", 4, OSLO.from()), result.nodeAs("longer", Stay.class));
        assertEquals(List.of("Oslo", "Oslo"), result.nodeAs("towns", new TypeRef<List<String>>() {}));
        assertEquals(4, result.variableAs("result", Trip.class).first().nights());
        assertEquals(4, result.nodeAs("text", Trip.class).first().nights());
        assertEquals(
                "{\"city\":\"Oslo\",\"nights\":4,\"from\":\"2030-01-31\"}",
                result.getAllNodeTexts().get("longer"));
        assertTrue(result.getAllVariableTexts().containsKey("first"));
        assertNull(result.nodeAs("nobody", Stay.class));
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> result.nodeAs("towns", Stay.class));
        assertTrue(wrong.toString().contains("the output of 'towns' is no Stay: "), wrong.toString());
    }

    @Test
    void classesAndValuesWithinMaps() {
        Price price = new Price();
        price.setCents(950);
        Workflow flow = Workflow.builder("w")
                .add(TransformNode.of("all", NodeFunctions.of(in -> Map.of("price", in.inputAs("price", Price.class)))))
                .add(TransformNode.of("none", NodeFunctions.of(in -> Thread.currentThread())))
                .connect("all", "none")
                .build();
        WorkflowResult result = workflows.blocking().execute(flow, Map.of("price", price));
        assertEquals("{\"price\":{\"cents\":950}}", result.nodeText("all"));
        assertTrue(String.valueOf(result.getFailures().get(0).getError()).contains("has nothing to show as JSON"));
    }

    @Test
    void anAgentAnswersByAClass() {
        scene.server.answering(request -> request.getBody().contains("bad")
                ? OpenAiReplies.error(400, "it is bad", "invalid_request_error", null)
                : OpenAiReplies.chat("{\"city\":\"Oslo\",\"nights\":3,\"from\":\"2030-01-31\"}"));
        Workflow flow = Workflow.builder("w")
                .add(AgentNode.builder("stay")
                        .prompt("Where to?")
                        .answer(Stay.class)
                        .options(o -> o.temperature(0.2).maxTokens(200))
                        .build())
                .add(AgentNode.builder("instead")
                        .prompt("bad")
                        .onFailure(FailurePolicy.fallback(OSLO))
                        .build())
                .build();
        WorkflowResult result = workflows.blocking().execute(flow).orThrow();
        assertEquals(OSLO, result.nodeAs("stay", Stay.class));
        assertEquals(OSLO, result.nodeAs("instead", Stay.class));
        assertTrue(scene.server.getRequests().stream()
                .anyMatch(request -> request.getBody().contains("\"temperature\":0.2")));
    }
}
