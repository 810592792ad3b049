package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.workflow.AgentNode;
import dev.tandem.workflow.DelayNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.run.ExecutorMode;
import dev.tandem.workflow.run.ExecutorSettings;
import dev.tandem.workflow.run.WorkflowResult;
import dev.tandem.workflow.run.WorkflowTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkflowSettingsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void settingsAreModesAndWhatIsSetBesides() {
        JavaWorkflowExecutor workflows = JavaWorkflowExecutor.of(scene.ai);
        workflows.configure(ExecutorSettings.builder()
                .mode(ExecutorMode.HIGH_THROUGHPUT)
                .nodeTimeoutMillis(5_000)
                .build());
        assertEquals(512, workflows.getSettings().getConcurrency());
        assertEquals(ExecutorMode.HIGH_THROUGHPUT, workflows.stats().getMode());
        assertThrows(
                IllegalArgumentException.class, () -> ExecutorSettings.builder().concurrency(0));
        workflows.close();
    }

    @Test
    void whatIsNotNamedStays() {
        try (JavaWorkflowExecutor workflows = JavaWorkflowExecutor.builder(scene.ai)
                .settings(s -> s.concurrency(8).runTimeout(Duration.ofMinutes(5)))
                .settings(s -> s.nodeTimeout(Duration.ofSeconds(2)).retry(r -> r.maxAttempts(4)))
                .build()) {
            workflows.configure(s -> s.mode(ExecutorMode.LOW_LATENCY).runTimeoutMillis(60_000));
            ExecutorSettings now = workflows.getSettings();
            assertEquals(8, now.getConcurrency());
            assertEquals(60_000L, now.getRunTimeoutMillis());
            assertEquals(2_000L, now.getNodeTimeoutMillis());
            assertEquals(4, now.getRetry().getMaxAttempts());
            assertEquals(ExecutorMode.LOW_LATENCY, now.getMode());
            workflows.configure(s -> s.runTimeoutMillis(null).nodeTimeout(null));
            assertNull(workflows.getSettings().getRunTimeoutMillis());
            assertNull(workflows.getSettings().getNodeTimeoutMillis());
            assertThrows(IllegalArgumentException.class, () -> workflows.configure(s -> s.runTimeout(Duration.ZERO)));
        }
    }

    @Test
    void nodesHaveTimesOfBothKinds() {
        AgentNode.Builder agent = AgentNode.builder("a").prompt("x").retry(r -> r.maxAttempts(2));
        assertEquals(60_000L, agent.timeoutMillis(60_000).build().getTimeoutMillis());
        assertEquals(60_000L, agent.timeout(Duration.ofMinutes(1)).build().getTimeoutMillis());
        assertNull(agent.timeoutMillis(null).build().getTimeoutMillis());
        assertEquals(2, agent.build().getRetry().getMaxAttempts());
        assertEquals(1_500, DelayNode.of("d", Duration.ofMillis(1_500)).getMillis());
        assertEquals(60_000, DelayNode.builder("d").build(Duration.ofMinutes(1)).getMillis());
    }

    @Test
    void aRunThatTakesTooLongSaysSo() {
        Workflow slow = Workflow.builder("w")
                .add(DelayNode.of("d", Duration.ofHours(1)))
                .build();
        try (JavaWorkflowExecutor workflows = JavaWorkflowExecutor.builder(scene.ai)
                .settings(s -> s.runTimeout(Duration.ofMillis(1)))
                .build()) {
            WorkflowResult result = workflows.blocking().execute(slow);
            assertTrue(result.getError() instanceof WorkflowTimeoutException);
        }
    }
}
