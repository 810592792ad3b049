package dev.tandem.interop;

import dev.tandem.workflow.run.WorkflowRun;

/** A run that goes on by itself, seen in three ways. */
public final class JavaWorkflowRun
        extends Views<WorkflowRun, BlockingWorkflowRun, AsyncWorkflowRun, ReactiveWorkflowRun> {
    private JavaWorkflowRun(WorkflowRun core) {
        super(core, new BlockingWorkflowRun(core), new AsyncWorkflowRun(core), new ReactiveWorkflowRun(core));
    }

    /** The views of what Kotlin code has started. */
    public static JavaWorkflowRun of(WorkflowRun core) {
        return new JavaWorkflowRun(core);
    }

    /** Its name, for logs. */
    public String getId() {
        return core().getId();
    }

    /** Whether its result is there. */
    public boolean isOver() {
        return core().isOver();
    }

    /** Ends it. What was done stays done. */
    public void cancel() {
        core().cancel();
    }
}
