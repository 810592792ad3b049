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
import org.reactivestreams.Publisher;

/** Runs workflows as Reactive Streams. What {@link ReactiveClient} says holds here too. */
public final class ReactiveWorkflowExecutor {
    private final WorkflowExecutor core;

    ReactiveWorkflowExecutor(WorkflowExecutor core) {
        this.core = core;
    }

    /** Runs a workflow that wants no inputs. */
    public Publisher<WorkflowResult> execute(Workflow workflow) {
        return execute(workflow, Collections.emptyMap());
    }

    /**
     * Runs {@code workflow} to its end. Inputs are text, numbers, booleans, lists, maps, records or JSON; {@code
     * WorkflowInputs.of(record)} makes all of them of one record.
     */
    public Publisher<WorkflowResult> execute(Workflow workflow, Map<String, ? extends @Nullable Object> inputs) {
        return Bridge.publisher(k -> core.execute(workflow, inputs, k));
    }

    /** The same with {@code steps} that outlive this process: what an earlier run with them has finished is not done again. */
    public Publisher<WorkflowResult> execute(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, DurableSteps steps) {
        return Bridge.publisher(k -> core.execute(workflow, inputs, steps, k));
    }

    /** All that happens in a workflow that wants no inputs. */
    public Publisher<WorkflowEvent> stream(Workflow workflow) {
        return stream(workflow, Collections.emptyMap());
    }

    /** All that happens. */
    public Publisher<WorkflowEvent> stream(Workflow workflow, Map<String, ? extends @Nullable Object> inputs) {
        return stream(workflow, inputs, EventFilter.ALL);
    }

    /** Runs {@code workflow} for each subscriber, and tells what happens; the last event has the result. A subscriber that cancels cancels the run. */
    public Publisher<WorkflowEvent> stream(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, EventFilter filter) {
        return Bridge.publisher(core.stream(workflow, inputs, filter));
    }

    /** The same with {@code steps} that outlive this process. */
    public Publisher<WorkflowEvent> stream(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, EventFilter filter, LocalSteps steps) {
        return Bridge.publisher(core.stream(workflow, inputs, filter, steps));
    }

    /** The answer to an approval of a run that nobody runs just now. The first one counts; false for all others. */
    public Publisher<Boolean> decide(LocalSteps steps, String node, Decision decision) {
        return Bridge.publisher(k -> steps.decide(node, decision, k));
    }
}
