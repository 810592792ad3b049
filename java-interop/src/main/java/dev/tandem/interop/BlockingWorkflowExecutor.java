package dev.tandem.interop;

import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.durable.DurableSteps;
import dev.tandem.workflow.durable.LocalSteps;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowExecutor;
import dev.tandem.workflow.run.WorkflowResult;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs workflows while the caller waits. What {@link BlockingClient} says holds here too. */
public final class BlockingWorkflowExecutor {
    private final WorkflowExecutor core;

    BlockingWorkflowExecutor(WorkflowExecutor core) {
        this.core = core;
    }

    /** Runs a workflow that wants no inputs. */
    public WorkflowResult execute(Workflow workflow) {
        return execute(workflow, Collections.emptyMap());
    }

    /**
     * Runs {@code workflow} to its end. Inputs are text, numbers, booleans, lists, maps, records or JSON; {@code
     * WorkflowInputs.of(record)} makes all of them of one record.
     */
    public WorkflowResult execute(Workflow workflow, Map<String, ? extends @Nullable Object> inputs) {
        return Bridge.block(k -> core.execute(workflow, inputs, k));
    }

    /** The same with {@code steps} that outlive this process: what an earlier run with them has finished is not done again. */
    public WorkflowResult execute(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, DurableSteps steps) {
        return Bridge.block(k -> core.execute(workflow, inputs, steps, k));
    }

    /** All that happens in a workflow that wants no inputs. */
    public BlockingStream<WorkflowEvent> stream(Workflow workflow) {
        return stream(workflow, Collections.emptyMap());
    }

    /** All that happens. */
    public BlockingStream<WorkflowEvent> stream(Workflow workflow, Map<String, ? extends @Nullable Object> inputs) {
        return stream(workflow, inputs, EventFilter.ALL);
    }

    /** Runs {@code workflow} and tells what happens; the last event has the result. A slow reader slows it down. Close it: that cancels the run. */
    public BlockingStream<WorkflowEvent> stream(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, EventFilter filter) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(core.stream(workflow, inputs, filter))));
    }

    /** The same with {@code steps} that outlive this process. */
    public BlockingStream<WorkflowEvent> stream(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, EventFilter filter, LocalSteps steps) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(core.stream(workflow, inputs, filter, steps))));
    }

    /** The answer to an approval of a run that nobody runs just now. The first one counts; false for all others. */
    public boolean decide(LocalSteps steps, String node, Decision decision) {
        return Bridge.block(k -> steps.decide(node, decision, k));
    }
}
