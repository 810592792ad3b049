package dev.tandem.workflow.run

import dev.tandem.model.Usage
import dev.tandem.workflow.Workflow
import kotlinx.serialization.json.JsonElement

/** What has become of the nodes of a run so far. For one coroutine. */
internal class Records(private val workflow: Workflow) {
    private val all = arrayOfNulls<NodeRecord>(workflow.nodeCount)

    fun isOver(place: Int): Boolean = all[place] != null

    fun completed(place: Int, done: NodeDone, error: Throwable?, isResumed: Boolean, effort: Effort?): NodeRecord =
        record(place, NodeState.COMPLETED, done, done.output, error, null, effort, isResumed)

    fun failed(place: Int, error: Throwable, effort: Effort?): NodeRecord =
        record(place, NodeState.FAILED, effort?.done(), null, error, null, effort, isResumed = false)

    fun skipped(place: Int, why: SkipReason, effort: Effort?): NodeRecord =
        record(place, NodeState.SKIPPED, effort?.done(), null, null, why, effort, isResumed = false)

    fun inOrder(): List<NodeRecord> = checkNotNull(workflow.graph.order).map { checkNotNull(all[it]) }

    private fun record(
        place: Int,
        state: NodeState,
        taken: NodeDone?,
        output: JsonElement?,
        error: Throwable?,
        why: SkipReason?,
        effort: Effort?,
        isResumed: Boolean,
    ): NodeRecord = NodeRecord(
        name = workflow.nodes[place].name,
        kind = workflow.nodes[place].kind,
        state = state,
        input = taken?.input,
        output = output,
        error = error,
        skipReason = why,
        timeline = taken?.attempts.orEmpty().map { it.toExecution() },
        span = effort?.span,
        usage = taken?.usage?.toUsage() ?: Usage.NONE,
        toolCalls = taken?.tools.orEmpty().map { it.toUse() },
        modelCalls = taken?.calls.orEmpty().map { it.toModelCall() },
        isResumed = isResumed,
    ).also { all[place] = it }
}
