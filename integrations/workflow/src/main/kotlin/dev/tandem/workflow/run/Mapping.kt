package dev.tandem.workflow.run

import dev.tandem.model.Usage
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.Filled
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.template.DataPath
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull

/** The same for each item of a list. */
internal class Mapping(private val stage: Stage, private val acting: Acting, private val nesting: Nesting) {
    suspend fun done(node: MapNode, place: Int, started: Started, effort: Effort): NodeDone {
        val filled = stage.workflow.plan.filled[place]
        val items = itemsOf(
            node,
            filled.own.values
                .single()
                .value(stage::at),
        )
        val turns = Semaphore(node.concurrency)
        val each = Each(node, place, checkNotNull(filled.each), stage.stepOf(node, place), started, effort)
        val parts = coroutineScope {
            items.mapIndexed { index, item -> async { turns.withPermit { each.done(Values.Item(index, item)) } } }.awaitAll()
        }
        return NodeDone(
            output = JsonArray(parts.map { it.output }),
            input = "${items.size} items".takeIf { stage.house.settings.recordsInputs },
            usage = NodeDone.Tokens.of(parts.fold(Usage.NONE) { sum, part -> sum + part.usage.toUsage() }),
            tools = parts.flatMap { it.tools },
            attempts = parts.flatMap { it.attempts },
            calls = parts.flatMap { it.calls },
        )
    }

    private fun itemsOf(node: MapNode, list: JsonElement): List<JsonElement> = requireNotNull(Values.itemsOf(DataPath.opened(list))) {
        "map '${node.name}' goes over a list, or a text with an item in each line, but got ${list.toString().take(SHOWN)}"
    }

    private inner class Each(
        private val map: MapNode,
        private val place: Int,
        private val filled: Filled,
        private val step: String,
        private val started: Started,
        private val effort: Effort,
    ) {
        suspend fun done(item: Values.Item): NodeDone {
            val name = "$step[${item.index}]"
            // Of its own, or what one of them has taken would be counted for all.
            val own = Effort(started.name, stage.house)
            return try {
                when (val each = map.each) {
                    is DelayNode -> stage.steps.inTimeOf(each, name) {
                        stage.steps.pause(name, each.millis)
                        NodeDone(item.value)
                    }

                    is SubWorkflowNode -> stage.steps.inTimeOf(each, name) {
                        nesting.done(each, filled, "${started.name}[${item.index}]/") { stage.values.at(it, item) }
                    }

                    else -> acting.done(each, place, filled, item, name, started, own).node
                }
            } catch (e: Throwable) {
                currentCoroutineContext().ensureActive()
                own.done(insteadOf(e))
            } finally {
                effort.add(own)
            }
        }

        /** A failure that is to be passed over leaves null in its place. */
        private fun insteadOf(error: Throwable): JsonElement {
            if (error is UnkeptException) throw error
            val policy = map.each.onFailure
            return policy.fallback ?: if (policy == FailurePolicy.SKIP_DESCENDANTS) JsonNull else throw error
        }
    }

    private companion object {
        const val SHOWN = 80
    }
}
