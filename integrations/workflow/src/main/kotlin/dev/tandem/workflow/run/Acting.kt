package dev.tandem.workflow.run

import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.Filled
import dev.tandem.workflow.Node
import kotlinx.coroutines.CancellationException
import kotlinx.serialization.json.JsonElement

/** Nodes that are at work: a step that waits for its place, and is kept when it is done. */
internal class Acting(private val stage: Stage) {
    private val work = Work(stage.house, stage.workflow, stage.values)

    class Done(val node: NodeDone, val isResumed: Boolean)

    suspend fun done(node: Node, place: Int, filled: Filled, item: Values.Item?, step: String, started: Started, effort: Effort): Done {
        var isFresh = false
        var isDone = false
        val done = try {
            stage.steps.step(step, NodeDone.serializer()) {
                isFresh = true
                work.of(node, place, filled, item, started, effort).also { isDone = true }
            }
        } catch (e: Exception) {
            throw if (isDone && e !is CancellationException) UnkeptException(e) else e
        }
        return Done(done, !isFresh)
    }

    /** What a condition is to be taken to have chosen where it failed. */
    fun chosen(node: ConditionNode, place: Int, choice: JsonElement) = work.chosen(node, place, choice)
}
