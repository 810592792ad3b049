package dev.tandem.interop;

import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowResult;
import dev.tandem.workflow.run.WorkflowRun;
import org.reactivestreams.Publisher;

/** A run as Reactive Streams. What {@link ReactiveClient} says holds here too. */
public final class ReactiveWorkflowRun {
    private final WorkflowRun core;

    ReactiveWorkflowRun(WorkflowRun core) {
        this.core = core;
    }

    /** Its result, also where it was cancelled. Whoever gives up waiting leaves the run alone. */
    public Publisher<WorkflowResult> await() {
        return Bridge.publisher(k -> core.await(k));
    }

    /** All its events. */
    public Publisher<WorkflowEvent> events() {
        return events(EventFilter.ALL);
    }

    /** Its events, from the first on; tokens from now on. A slow reader misses tokens and nothing else. */
    public Publisher<WorkflowEvent> events(EventFilter filter) {
        return Bridge.publisher(core.events(filter));
    }

    /** The answer to an approval, also before it is asked. The first one counts; false for all others. */
    public Publisher<Boolean> decide(String node, Decision decision) {
        return Bridge.publisher(k -> core.decide(node, decision, k));
    }
}
