package dev.tandem.temporal

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.replay.Driver
import dev.tandem.workflow.run.WorkflowExecutor
import dev.tandem.workflow.run.WorkflowResult
import io.temporal.worker.Worker
import io.temporal.worker.WorkerFactory
import io.temporal.worker.WorkerOptions
import io.temporal.workflow.DynamicWorkflow
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import java.time.Duration
import java.util.UUID
import java.util.function.Function
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import kotlin.time.toKotlinDuration
import io.temporal.workflow.Workflow as TemporalThread

/**
 * Does the steps of this process's workflows as activities, from a task queue of its own: what a step does is an object of this process,
 * which another one would not have. One for each `WorkerFactory`, made before that is started.
 */
public class StepWorker private constructor(internal val silence: Duration, context: CoroutineContext) : AutoCloseable {
    private val job = SupervisorJob()
    private val scope = CoroutineScope(context + job)
    internal val queue = "tandem-steps-${UUID.randomUUID()}"
    internal val actions = Actions(silence.toKotlinDuration() * 2 + 1.minutes, TimeSource.Monotonic)

    /**
     * Runs [body] with steps that are activities; to be called in the method of a workflow, by its thread, which waits as Temporal has it.
     *
     * [body] may be many coroutines. They take turns, and may wait for steps and for each other, and for nothing else: no delay, no other
     * dispatcher, no clock. The actions of steps may do anything; they run beside each other, on `Dispatchers.Default`, and again if the
     * process dies before Temporal has their result.
     *
     * Cancelling the run cancels [body] and the actions under way. What [body] does in `withContext(NonCancellable)` it may do with steps,
     * to undo others.
     *
     * What [body] throws because a step or a node has failed is final, and fails the run; whatever else it throws, Temporal tries again.
     */
    @JvmSynthetic
    public fun <T> durably(body: suspend (DurableSteps) -> T): T {
        val driver = Driver(TemporalJournal(this))
        var result: Result<T>? = null
        // Of a cancelled run only the journal is to hear, or waits would throw where nobody is told what to undo.
        TemporalThread
            .newDetachedCancellationScope {
                suspend { driver.run(body) }.startCoroutine(Continuation(EmptyCoroutineContext) { result = it })
            }.run()
        return checkNotNull(result) { "the journal has suspended" }.getOrThrow()
    }

    /** Runs [workflow] to its end, in the method of a Temporal workflow. What fails in it is in the result; wrong inputs fail the run. */
    public fun execute(executor: WorkflowExecutor, workflow: Workflow, inputs: Map<String, Any?>): WorkflowResult =
        durably { executor.executeOn(it, workflow, inputs) }

    /** The same, and what [then] makes of the result; a failure that it throws, as `orThrow()` does, fails the run for good. */
    public fun <T> execute(
        executor: WorkflowExecutor,
        workflow: Workflow,
        inputs: Map<String, Any?>,
        then: Function<WorkflowResult, T>,
    ): T = durably { then.apply(executor.executeOn(it, workflow, inputs)) }

    /** Has [worker] run [workflows], and needs no code generation. Once for each worker. */
    public fun bind(worker: Worker, vararg workflows: TemporalWorkflow) {
        val byType = workflows.associateBy { it.type }
        require(byType.size == workflows.size) { "two workflows are of one type: ${workflows.map { it.type }}" }
        worker.registerWorkflowImplementationFactory(DynamicWorkflow::class.java) { Bound(this, byType) }
    }

    /**
     * Cancels the actions under way, and tells Temporal, so that other processes begin them at once; waits for those that take their time
     * [PATIENCE] at most. To be called when the `WorkerFactory` is shut down.
     */
    override fun close() {
        actions.close()
        runBlocking { withTimeoutOrNull(PATIENCE) { job.cancelAndJoin() } }
    }

    public companion object {
        private val SILENCE = Duration.ofSeconds(30)
        private val PATIENCE = 10.seconds
        private const val BEATS = 3
        private const val AT_ONCE = 100_000

        /** Who says nothing for 30 seconds has died. */
        @JvmStatic
        public fun on(factory: WorkerFactory): StepWorker = on(factory, SILENCE)

        /**
         * Who says nothing for [silence] has died, and what it had under way is begun elsewhere; an action is cancelled a third of that
         * later than the run, at most. At least a second.
         */
        @JvmStatic
        public fun on(factory: WorkerFactory, silence: Duration): StepWorker = on(factory, silence, Dispatchers.Default)

        internal fun on(factory: WorkerFactory, silence: Duration, context: CoroutineContext): StepWorker {
            require(silence >= Duration.ofSeconds(1)) { "a silence must last for a second at least: $silence" }
            val steps = StepWorker(silence, context)
            val options = WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(AT_ONCE).build()
            factory
                .newWorker(steps.queue, options)
                .registerActivitiesImplementations(StepActivity(steps.actions, steps.scope, silence.toKotlinDuration() / BEATS))
            return steps
        }
    }
}
