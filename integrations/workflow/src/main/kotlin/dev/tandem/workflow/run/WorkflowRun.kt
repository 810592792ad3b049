package dev.tandem.workflow.run

import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.durable.LocalSteps
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch

/** A run that goes on by itself. */
public class WorkflowRun private constructor(private val run: OneRun, private val hub: Hub, private val steps: LocalSteps) {
    private val result = CompletableDeferred<WorkflowResult>()
    private var job: Job? = null

    /** The same in its events, and in its result. */
    public val id: String get() = run.id

    /** Whether [await] would give its result at once. */
    public val isOver: Boolean get() = result.isCompleted

    /** Its result, also where it was cancelled. Whoever gives up waiting leaves the run alone. */
    public suspend fun await(): WorkflowResult = result.await()

    /** Its events, from the first on, as often as you like; tokens from now on. A slow reader misses tokens and nothing else, and is told how many. */
    public fun events(filter: EventFilter = EventFilter.ALL): Flow<WorkflowEvent> = hub.watch(filter)

    /** Ends it. What was done stays done, and with steps that outlive the process another run goes on from there. */
    public fun cancel() {
        job?.cancel()
    }

    /**
     * The answer to the approval [node], also before it is asked; of one in a workflow within it, `outer/inner`. The first one counts;
     * false for all others.
     */
    public suspend fun decide(node: String, decision: Decision): Boolean = steps.decide(Approvals.nameOf(run.workflow, node), decision)

    override fun toString(): String = "WorkflowRun(${run.workflow.name}, $id${if (isOver) ", over" else ""})"

    @OptIn(DelicateCoroutinesApi::class)
    private fun launchIn(scope: CoroutineScope) {
        if (!scope.isActive) {
            result.completeExceptionally(IllegalStateException("the executor was closed before the run began"))
            hub.close()
            return
        }
        // Begun also where it is cancelled before it gets a thread: it has a result then, too.
        job = scope
            .launch(start = CoroutineStart.ATOMIC) {
                try {
                    result.complete(run.run())
                } catch (e: CancellationException) {
                    run.cancelled?.let(result::complete) ?: result.completeExceptionally(e)
                } catch (e: Throwable) {
                    result.completeExceptionally(e)
                } finally {
                    hub.close()
                }
            }
    }

    internal companion object {
        fun of(scope: CoroutineScope, run: OneRun, hub: Hub, steps: LocalSteps): WorkflowRun =
            WorkflowRun(run, hub, steps).also { it.launchIn(scope) }
    }
}
