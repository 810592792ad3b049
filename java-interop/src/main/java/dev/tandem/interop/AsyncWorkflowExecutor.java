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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs workflows, and tells by futures. What {@link Views#async} says of them holds here too. */
public final class AsyncWorkflowExecutor {
    private final WorkflowExecutor core;

    AsyncWorkflowExecutor(WorkflowExecutor core) {
        this.core = core;
    }

    /** Runs a workflow that wants no inputs. */
    public CompletableFuture<WorkflowResult> execute(Workflow workflow) {
        return execute(workflow, Collections.emptyMap());
    }

    /**
     * Runs {@code workflow} to its end. Inputs are text, numbers, booleans, lists, maps, records or JSON; {@code
     * WorkflowInputs.of(record)} makes all of them of one record.
     */
    public CompletableFuture<WorkflowResult> execute(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs) {
        return Bridge.future(k -> core.execute(workflow, inputs, k));
    }

    /** The same with {@code steps} that outlive this process: what an earlier run with them has finished is not done again. */
    public CompletableFuture<WorkflowResult> execute(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, DurableSteps steps) {
        return Bridge.future(k -> core.execute(workflow, inputs, steps, k));
    }

    /** All that happens in a workflow that wants no inputs. */
    public CompletableFuture<@Nullable Void> stream(Workflow workflow, Consumer<? super WorkflowEvent> each) {
        return stream(workflow, Collections.emptyMap(), each);
    }

    /** All that happens. */
    public CompletableFuture<@Nullable Void> stream(
            Workflow workflow, Map<String, ? extends @Nullable Object> inputs, Consumer<? super WorkflowEvent> each) {
        return stream(workflow, inputs, EventFilter.ALL, each);
    }

    /** Runs {@code workflow} and tells {@code each} event; the last one has the result. Cancelling the future cancels the run. */
    public CompletableFuture<@Nullable Void> stream(
            Workflow workflow,
            Map<String, ? extends @Nullable Object> inputs,
            EventFilter filter,
            Consumer<? super WorkflowEvent> each) {
        return Bridge.future(Bridge.apart(core.stream(workflow, inputs, filter)), each);
    }

    /** The same with {@code steps} that outlive this process. */
    public CompletableFuture<@Nullable Void> stream(
            Workflow workflow,
            Map<String, ? extends @Nullable Object> inputs,
            EventFilter filter,
            LocalSteps steps,
            Consumer<? super WorkflowEvent> each) {
        return Bridge.future(Bridge.apart(core.stream(workflow, inputs, filter, steps)), each);
    }

    /** The answer to an approval of a run that nobody runs just now. The first one counts; false for all others. */
    public CompletableFuture<Boolean> decide(LocalSteps steps, String node, Decision decision) {
        return Bridge.future(k -> steps.decide(node, decision, k));
    }
}
