package dev.tandem.interop;

import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.run.EventFilter;
import dev.tandem.workflow.run.WorkflowEvent;
import dev.tandem.workflow.run.WorkflowResult;
import dev.tandem.workflow.run.WorkflowRun;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run, by futures. What {@link Views#async} says of them holds here too. */
public final class AsyncWorkflowRun {
    private final WorkflowRun core;

    AsyncWorkflowRun(WorkflowRun core) {
        this.core = core;
    }

    /** Its result, also where it was cancelled. Whoever gives up waiting leaves the run alone. */
    public CompletableFuture<WorkflowResult> await() {
        return Bridge.future(k -> core.await(k));
    }

    /** All its events. */
    public CompletableFuture<@Nullable Void> events(Consumer<? super WorkflowEvent> each) {
        return events(EventFilter.ALL, each);
    }

    /** Its events, from the first on; tokens from now on. A slow reader misses tokens and nothing else. */
    public CompletableFuture<@Nullable Void> events(EventFilter filter, Consumer<? super WorkflowEvent> each) {
        return Bridge.future(Bridge.apart(core.events(filter)), each);
    }

    /** The answer to an approval, also before it is asked. The first one counts; false for all others. */
    public CompletableFuture<Boolean> decide(String node, Decision decision) {
        return Bridge.future(k -> core.decide(node, decision, k));
    }
}
