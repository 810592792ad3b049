package dev.tandem.workflow.run

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * One node from its start to its end. All that is decided here depends on nothing but what steps have given, and all that takes time or
 * touches the world is a step: so it can be done again by whoever keeps the steps.
 */
internal class Doing(private val stage: Stage) {
    private val acting = Acting(stage)
    private val nesting = Nesting(stage)
    private val mapping = Mapping(stage, acting, nesting)
    private val approving = Approving(stage)

    /** Throws nothing but cancellation. */
    suspend fun of(place: Int, effort: Effort): Over {
        val node = stage.workflow.nodes[place]
        val started = Started(stage.house.hub, stage.nameOf(node))
        return try {
            val done = done(node, place, started, effort)
            started.tell()
            Over(place, done.node, null, done.isResumed)
        } catch (e: Throwable) {
            currentCoroutineContext().ensureActive()
            started.tell()
            failed(node, place, effort, if (e is CancellationException) cancelledFromWithin(node, e) else e)
        }
    }

    private suspend fun done(node: Node, place: Int, started: Started, effort: Effort): Acting.Done {
        val filled = stage.workflow.plan.filled[place]
        val step = stage.stepOf(node, place)
        if (node is AgentNode || node is TransformNode || node is ConditionNode || node is HttpNode) {
            return acting.done(node, place, filled, null, step, started, effort)
        }
        started.tell()
        val done = measured(effort) { stage.steps.inTimeOf(node, step) { inItsTime(node, place, step, started, effort) } }
        return Acting.Done(done, isResumed = false)
    }

    private suspend fun measured(effort: Effort, work: suspend () -> NodeDone): NodeDone {
        val at = stage.house.times.now()
        val begun = stage.house.times.clock
            .markNow()
        try {
            return work()
        } finally {
            effort.span = Execution(at, begun.elapsedNow().inWholeMilliseconds, null)
        }
    }

    private suspend fun inItsTime(node: Node, place: Int, step: String, started: Started, effort: Effort): NodeDone {
        val filled = stage.workflow.plan.filled[place]
        return when (node) {
            is DelayNode -> stage.steps.pause(step, node.millis).let { NodeDone(stage.values.handedOn(place)) }
            is MapNode -> mapping.done(node, place, started, effort)
            is SubWorkflowNode -> nesting.done(node, filled, started.name + "/", stage::at)
            is ApprovalNode -> approving.done(node, place)
            else -> NodeDone(JsonObject(stage.values.parentsOf(place)))
        }
    }

    private fun failed(node: Node, place: Int, effort: Effort, error: Throwable): Over {
        if (error is UnkeptException) return Over(place, null, error.cause, isResumed = false, endsRun = true)
        val fallback = node.onFailure.fallback ?: return Over(place, null, error, isResumed = false)
        val output = try {
            if (node is ConditionNode) acting.chosen(node, place, fallback) else fallback
        } catch (e: IllegalArgumentException) {
            error.addSuppressed(e)
            return Over(place, null, error, isResumed = false)
        }
        return Over(place, instead(node, output, effort), error, isResumed = false)
    }

    private fun instead(node: Node, output: JsonElement, effort: Effort) =
        effort.done(output, chosen = if (node is ConditionNode) Work.namesIn(output) else null)

    private fun cancelledFromWithin(node: Node, cause: CancellationException) =
        IllegalStateException("the work of '${node.name}' was cancelled from within", cause)
}
