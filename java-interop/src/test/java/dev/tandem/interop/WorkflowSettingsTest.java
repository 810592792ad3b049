package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.workflow.run.ExecutorMode;
import dev.tandem.workflow.run.ExecutorSettings;
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
                .nodeTimeoutMillis(5_000L)
                .build());
        assertEquals(512, workflows.getSettings().getConcurrency());
        assertEquals(ExecutorMode.HIGH_THROUGHPUT, workflows.stats().getMode());
        assertThrows(
                IllegalArgumentException.class, () -> ExecutorSettings.builder().concurrency(0));
        workflows.close();
    }
}
