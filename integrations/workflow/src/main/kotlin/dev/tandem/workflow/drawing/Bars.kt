package dev.tandem.workflow.drawing

import dev.tandem.workflow.run.NodeRecord
import dev.tandem.workflow.run.NodeState
import dev.tandem.workflow.run.SkipReason
import dev.tandem.workflow.run.WorkflowResult

/** What became of a run in time: a bar for each node that began, in the order in which they did, and the others by why they did not. */
internal class Bars private constructor(val result: WorkflowResult, val bars: List<Bar>, val others: List<Others>) {
    /** Since 1970, of the first bar. */
    val begin: Long = bars.minOfOrNull { it.begin } ?: 0
    val millis: Long = (bars.maxOfOrNull { it.end } ?: 0) - begin

    class Bar(val record: NodeRecord) {
        val begin: Long = record.startedAtMillis ?: 0
        val end: Long = begin + record.durationMillis.coerceAtLeast(0)
        val isFailed: Boolean get() = record.state == NodeState.FAILED

        /** The run was over first. */
        val isCutOff: Boolean get() = record.state == NodeState.SKIPPED

        /** It failed, and something else took the place of its output. */
        val isInstead: Boolean get() = record.state == NodeState.COMPLETED && record.error != null

        /** What it does is to wait, for a time or for a person. */
        val isWaiting: Boolean get() = record.kind == "delay" || record.kind == "approval"

        /** The items of a map are many at once, and no attempts of one thing. */
        val isMany: Boolean get() = record.kind == "map"

        /** How long, how often, and what went wrong. */
        fun words(): String = Labels.cut(told().replace('\n', ' '), LONGEST)

        private fun told() = listOfNotNull(
            Labels.duration(end - begin),
            Labels.many(record.timeline.size, "attempt").takeIf { record.timeline.size > 1 && !isMany },
            Labels.many(record.timeline.size, "call").takeIf { record.timeline.isNotEmpty() && isMany },
            "cut off".takeIf { isCutOff },
            record.error?.let { (if (isInstead) "fallback after: " else "failed: ") + (it.message ?: it::class.simpleName).orEmpty() },
        ).joinToString(", ")
    }

    class Others(val why: String, val names: List<String>)

    companion object {
        private const val LONGEST = 300

        fun of(result: WorkflowResult): Bars {
            val (begun, others) = result.nodes.partition { it.startedAtMillis != null && !it.isResumed }
            val reasons = others.groupBy { if (it.isResumed) "Done by an earlier run" else wordsFor(it.skipReason) }
            return Bars(result, begun.map(::Bar).sortedBy { it.begin }, reasons.map { (why, nodes) -> Others(why, nodes.map { it.name }) })
        }

        private fun wordsFor(reason: SkipReason?) = when (reason) {
            SkipReason.NOT_CHOSEN -> "Not chosen"
            SkipReason.FAILED_BEFORE -> "Not run, since a node before has failed"
            SkipReason.RUN_OVER -> "Not run, since the run was over"
            null -> "Without a time"
        }
    }
}
