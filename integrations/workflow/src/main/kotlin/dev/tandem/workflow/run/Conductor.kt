package dev.tandem.workflow.run

import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.graph.Dataflow
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.serialization.json.JsonElement

/** Has each node of a workflow begin the moment all before it are over. */
internal class Conductor(
    private val house: House,
    private val workflow: Workflow,
    inputs: Map<String, JsonElement>,
    private val path: String,
    isDurable: Boolean,
) {
    private val values = Values(workflow, inputs)
    private val keys = if (isDurable) Keys(workflow, inputs, path) else null
    private val doing = Doing(Stage(house, workflow, values, keys, path))
    private val flow = Dataflow(workflow.graph) { (workflow.nodes[it] as? JoinNode)?.isTolerant ?: false }
    private val records = Records(workflow)
    private val efforts = arrayOfNulls<Effort>(workflow.nodeCount)
    private val over = Channel<Over>(Channel.UNLIMITED)
    private var running = 0
    private var isEnding = false
    private var failure: Throwable? = null

    suspend fun run(): Ended {
        coroutineScope {
            begin(flow.begin())
            while (running > 0 && failure == null) begin(settle(over.receive()))
            coroutineContext.cancelChildren()
        }
        return end(failure)
    }

    /** Also where [run] was cancelled: what was done is done, and all else is skipped. */
    suspend fun end(why: Throwable?): Ended {
        failure = why
        isEnding = true
        while (true) settle(over.tryReceive().getOrNull() ?: break)
        for (place in workflow.nodes.indices) {
            if (!records.isOver(place)) skip(place, SkipReason.RUN_OVER)
        }
        return Ended(failure, records.inOrder())
    }

    private fun CoroutineScope.begin(ready: List<Int>) {
        for (place in ready) {
            running++
            keys?.begin(place)
            val effort = Effort(nameOf(place), house).also { efforts[place] = it }
            launch { over.send(doing.of(place, effort)) }
        }
    }

    /** What is ready now. */
    private suspend fun settle(one: Over): List<Int> {
        running--
        val place = one.place
        val turn = if (one.done != null) {
            values[place] = one.done.output
            keys?.end(place, one.done.output)
            val record = records.completed(place, one.done, one.error, one.isResumed, efforts[place])
            tell(WorkflowEvent.NodeCompleted(momentOf(place), record))
            flow.completed(place, one.done.chosen?.mapNotNullTo(HashSet()) { workflow.placeOf(it) })
        } else {
            val error = checkNotNull(one.error)
            tell(WorkflowEvent.NodeFailed(momentOf(place), records.failed(place, error, efforts[place])))
            // Also where the fallback is of no use, such as of a condition that chooses nobody there is.
            if (one.endsRun || workflow.nodes[place].onFailure != FailurePolicy.SKIP_DESCENDANTS) {
                if (failure == null) failure = NodeFailedException(workflow.name, workflow.nodes[place].name, error)
                return emptyList()
            }
            flow.failed(place)
        }
        efforts[place] = null
        for (skipped in turn.skipped) {
            keys?.begin(skipped.node)
            skip(skipped.node, if (skipped.isBroken) SkipReason.FAILED_BEFORE else SkipReason.NOT_CHOSEN)
        }
        return turn.ready
    }

    /** A reader may not hold up the end: it may have left. */
    private suspend fun tell(event: WorkflowEvent) = if (isEnding) house.hub.add(event) else house.hub.put(event)

    private fun skip(place: Int, why: SkipReason) {
        house.hub.add(WorkflowEvent.NodeSkipped(momentOf(place), records.skipped(place, why, efforts[place])))
    }

    private fun momentOf(place: Int) = house.hub.moment(nameOf(place))

    private fun nameOf(place: Int) = path + workflow.nodes[place].name
}
