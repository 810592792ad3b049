package dev.tandem.workflow.run

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.durable.FleetingSteps
import dev.tandem.workflow.durable.LocalSteps
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.json.JsonElement

/** One run of one workflow, from its first event to its last. */
internal class OneRun(
    private val house: House,
    val workflow: Workflow,
    private val inputs: Map<String, JsonElement>,
    private val whenOver: (WorkflowResult) -> Unit,
) {
    val id: String get() = house.hub.runId
    private val begun = house.times.clock.markNow()
    private val conductor = Conductor(house, workflow, inputs, "", house.steps !is FleetingSteps)

    suspend fun run(): WorkflowResult {
        var isTold = false
        val ended = try {
            checkSteps()
            isTold = true
            house.hub.put(started())
            val limit = house.settings.runTimeoutMillis
            if (limit == null) conductor.run() else limited(limit)
        } catch (e: CancellationException) {
            if (!isTold) house.hub.add(started())
            tell(resultOf(conductor.end(null), RunState.CANCELLED))
            throw e
        }
        val result = resultOf(ended, if (ended.error == null) RunState.COMPLETED else RunState.FAILED)
        tell(result)
        return result
    }

    /** What there is to tell of it after it was cancelled. */
    @Volatile var cancelled: WorkflowResult? = null
        private set

    private fun started() = WorkflowEvent.RunStarted(house.hub.moment(null), workflow.name)

    private suspend fun checkSteps() {
        if (house.steps is FleetingSteps) return
        val kept = house.steps.step("workflow", String.serializer()) { workflow.name }
        require(
            kept == workflow.name,
        ) { "these steps were kept by the workflow '$kept', and this is '${workflow.name}': give each run its own" }
    }

    private suspend fun limited(limit: Long): Ended {
        // A server's workflows have no clock but its pauses.
        val inTime = if (house.steps is LocalSteps) {
            withTimeoutOrNull(limit) { conductor.run() }
        } else {
            house.steps.within("timeout", limit) { conductor.run() }
        }
        return inTime ?: conductor.end(overdue(limit))
    }

    private fun overdue(limit: Long) =
        WorkflowTimeoutException("the run of '${workflow.name}' took longer than $limit ms: give it more by runTimeoutMillis", limit)

    private fun resultOf(ended: Ended, state: RunState): WorkflowResult {
        val names = workflow.nodes.associate { it.name to WorkflowResult.Name(it.id, it.outputName) }
        val millis = begun.elapsedNow().inWholeMilliseconds
        return WorkflowResult(id, workflow.name, state, ended.error, millis, ended.records, inputs, names)
    }

    /** Nobody is waited for any more. */
    private fun tell(result: WorkflowResult) {
        if (result.state == RunState.CANCELLED) cancelled = result
        whenOver(result)
        val moment = house.hub.moment(null)
        house.hub.add(if (result.isSuccess) WorkflowEvent.RunCompleted(moment, result) else WorkflowEvent.RunFailed(moment, result))
    }
}
