package dev.tandem.workflow.run

import dev.tandem.model.Usage
import dev.tandem.workflow.Workflow

/** What has become of the nodes of a run so far. For one coroutine. */
internal class Records(private val workflow: Workflow) {
    private val all = arrayOfNulls<NodeRecord>(workflow.nodeCount)

    fun isOver(place: Int): Boolean = all[place] != null

    fun completed(place: Int, done: NodeDone, error: Throwable?, isResumed: Boolean, effort: Effort?): NodeRecord = NodeRecord(
        name = workflow.nodes[place].name,
        kind = workflow.nodes[place].kind,
        state = NodeState.COMPLETED,
        input = done.input,
        output = done.output,
        error = error,
        skipReason = null,
        timeline = done.attempts.map { Execution(it.at, it.ms, it.error) },
        span = effort?.span,
        usage = done.usage.toUsage(),
        toolCalls = done.tools.map { ToolUse(it.name, it.ms, it.error) },
        isResumed = isResumed,
    ).also { all[place] = it }

    fun failed(place: Int, error: Throwable, effort: Effort?): NodeRecord = unfinished(place, NodeState.FAILED, error, null, effort)

    fun skipped(place: Int, why: SkipReason, effort: Effort?): NodeRecord = unfinished(place, NodeState.SKIPPED, null, why, effort)

    fun inOrder(): List<NodeRecord> = checkNotNull(workflow.graph.order).map { checkNotNull(all[it]) }

    private fun unfinished(place: Int, state: NodeState, error: Throwable?, why: SkipReason?, effort: Effort?): NodeRecord = NodeRecord(
        name = workflow.nodes[place].name,
        kind = workflow.nodes[place].kind,
        state = state,
        input = null,
        output = null,
        error = error,
        skipReason = why,
        timeline = effort?.attempts().orEmpty().map { Execution(it.at, it.ms, it.error) },
        span = effort?.span,
        usage = effort?.usage() ?: Usage.NONE,
        toolCalls = effort?.tools().orEmpty().map { ToolUse(it.name, it.ms, it.error) },
        isResumed = false,
    ).also { all[place] = it }
}
