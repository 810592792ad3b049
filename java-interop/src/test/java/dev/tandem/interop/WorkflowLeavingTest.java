package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.run.WorkflowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who leaves a {@code stream} ends its run; who leaves the events of a run that was started by {@code start} does not. */
class WorkflowLeavingTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Workflow slow = Workflow.builder("w")
            .add(TransformNode.of("slow", NodeFunctions.of(in -> {
                begun.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return "done";
            })))
            .build();

    private JavaWorkflowExecutor workflows;

    @BeforeEach
    void open() {
        workflows = JavaWorkflowExecutor.of(scene.ai);
    }

    @AfterEach
    void close() {
        workflows.close();
    }

    /** How somebody reads until the node has begun, and leaves. */
    private enum Style {
        BLOCKING,
        FUTURE,
        PUBLISHER
    }

    @ParameterizedTest
    @EnumSource
    void leavingAStreamEndsTheRun(Style style) throws Exception {
        switch (style) {
            case BLOCKING -> {
                try (BlockingStream<WorkflowEvent> events = workflows.blocking().stream(slow)) {
                    readUntilBegun(events);
                }
            }
            case FUTURE -> {
                CompletableFuture<Void> all = workflows.async().stream(slow, event -> {});
                await(begun);
                all.cancel(true);
            }
            case PUBLISHER -> {
                Collected<WorkflowEvent> events = Collected.all(workflows.reactive().stream(slow));
                await(begun);
                events.cancel();
            }
        }
        await(interrupted);
    }

    @ParameterizedTest
    @EnumSource
    void leavingTheEventsOfAStartedRunLeavesItAlone(Style style) throws Exception {
        JavaWorkflowRun run = workflows.start(slow);
        switch (style) {
            case BLOCKING -> {
                try (BlockingStream<WorkflowEvent> events = run.blocking().events()) {
                    readUntilBegun(events);
                }
            }
            case FUTURE -> {
                CompletableFuture<Void> all = run.async().events(event -> {});
                await(begun);
                all.cancel(true);
            }
            case PUBLISHER -> {
                Collected<WorkflowEvent> events = Collected.all(run.reactive().events());
                await(begun);
                events.cancel();
            }
        }
        assertFalse(run.isOver());
        goesOn.countDown();
        assertEquals("done", get(run.async().await()).orThrow().nodeText("slow"));
        assertEquals(1, interrupted.getCount());
        List<WorkflowEvent> late = new ArrayList<>();
        get(run.async().events(late::add));
        assertTrue(late.stream().allMatch(event -> event.getRunId().equals(run.getId())));
        assertTrue(late.get(0).getAtMillis() > 0);
    }

    @Test
    void cancellingAStartedRunEndsIt() throws Exception {
        JavaWorkflowRun run = workflows.start(slow);
        await(begun);
        run.cancel();
        await(interrupted);
        assertEquals("CANCELLED", get(run.async().await()).getState().name());
        assertEquals(1, workflows.stats().getCancelled());
        assertEquals(1.0, workflows.stats().getSuccessRate());
    }

    private void readUntilBegun(BlockingStream<WorkflowEvent> events) throws InterruptedException {
        for (WorkflowEvent event : events) {
            if (event instanceof WorkflowEvent.NodeStarted) break;
        }
        await(begun);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
