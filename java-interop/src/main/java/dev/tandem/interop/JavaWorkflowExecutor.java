package dev.tandem.interop;

import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.durable.LocalSteps;
import dev.tandem.workflow.run.ExecutorSettings;
import dev.tandem.workflow.run.ExecutorStats;
import dev.tandem.workflow.run.WorkflowExecutor;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs workflows, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()} offer the same
 * operations. What {@link WorkflowExecutor} says holds here too: what fails in a run is in its result. Needs {@code
 * tandem-workflow} on the class path.
 */
public final class JavaWorkflowExecutor
        extends Views<WorkflowExecutor, BlockingWorkflowExecutor, AsyncWorkflowExecutor, ReactiveWorkflowExecutor>
        implements AutoCloseable {
    private JavaWorkflowExecutor(WorkflowExecutor core) {
        super(
                core,
                new BlockingWorkflowExecutor(core),
                new AsyncWorkflowExecutor(core),
                new ReactiveWorkflowExecutor(core));
    }

    /** As it comes: 16 nodes at once. */
    public static JavaWorkflowExecutor of(JavaAiClient client) {
        return builder(client).build();
    }

    /** The views of what Kotlin code made. */
    public static JavaWorkflowExecutor of(WorkflowExecutor core) {
        return new JavaWorkflowExecutor(core);
    }

    /** What it runs workflows with. */
    public static Builder builder(JavaAiClient client) {
        return new Builder(WorkflowExecutor.builder(client.core()));
    }

    /** Starts a workflow that wants no inputs. */
    public JavaWorkflowRun start(Workflow workflow) {
        return start(workflow, Collections.emptyMap());
    }

    /** Starts {@code workflow}; it goes on by itself. */
    public JavaWorkflowRun start(Workflow workflow, Map<String, ? extends @Nullable Object> inputs) {
        return JavaWorkflowRun.of(core().start(workflow, inputs));
    }

    /** The same with {@code steps} that outlive this process. */
    public JavaWorkflowRun start(Workflow workflow, Map<String, ? extends @Nullable Object> inputs, LocalSteps steps) {
        return JavaWorkflowRun.of(core().start(workflow, inputs, steps));
    }

    /** How runs are run. */
    public ExecutorSettings getSettings() {
        return core().getSettings();
    }

    /** For runs that begin from now on. */
    public void configure(ExecutorSettings settings) {
        core().configure(settings);
    }

    /** {@code configure(s -> s.concurrency(8))}: what is not named stays. For runs that begin from now on. */
    public void configure(Consumer<ExecutorSettings.Builder> change) {
        core().configure(change);
    }

    /** What was run since the executor was made, or since {@link #resetStats}. */
    public ExecutorStats stats() {
        return core().stats();
    }

    /** Counts from zero. */
    public void resetStats() {
        core().resetStats();
    }

    /** Cancels what was started and is not over. The client is yours to close. */
    @Override
    public void close() {
        core().close();
    }

    /** What it runs workflows with. */
    public static final class Builder {
        private final WorkflowExecutor.Builder core;

        private Builder(WorkflowExecutor.Builder core) {
            this.core = core;
        }

        /** Another client, for agents that name it. */
        public Builder client(String name, JavaAiClient client) {
            core.client(name, client.core());
            return this;
        }

        /** How many at once, how long, how often. */
        public Builder settings(ExecutorSettings settings) {
            core.settings(settings);
            return this;
        }

        /** {@code settings(s -> s.concurrency(8).runTimeout(Duration.ofMinutes(5)))}: what is not named stays. */
        public Builder settings(Consumer<ExecutorSettings.Builder> change) {
            core.settings(change);
            return this;
        }

        /** The executor. Close it when nothing is started any more. */
        public JavaWorkflowExecutor build() {
            return of(core.build());
        }
    }
}
