package dev.tandem.interop;

import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowResult;
import dev.tandem.workflow.run.WorkflowRun;

/** A run, for callers that wait. What {@link BlockingClient} says holds here too. */
public final class BlockingWorkflowRun {
    private final WorkflowRun core;

    BlockingWorkflowRun(WorkflowRun core) {
        this.core = core;
    }

    /** Its result, also where it was cancelled. Whoever gives up waiting leaves the run alone. */
    public WorkflowResult await() {
        return Bridge.block(k -> core.await(k));
    }

    /** All its events. */
    public BlockingStream<WorkflowEvent> events() {
        return events(EventFilter.ALL);
    }

    /** Its events, from the first on; tokens from now on. A slow reader misses tokens and nothing else. */
    public BlockingStream<WorkflowEvent> events(EventFilter filter) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(core.events(filter))));
    }

    /** The answer to an approval, also before it is asked. The first one counts; false for all others. */
    public boolean decide(String node, Decision decision) {
        return Bridge.block(k -> core.decide(node, decision, k));
    }
}
