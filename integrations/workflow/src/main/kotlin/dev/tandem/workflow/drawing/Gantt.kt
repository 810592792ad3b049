package dev.tandem.workflow.drawing

import dev.tandem.workflow.run.Execution

/** A run in Mermaid's words. */
internal class Gantt(private val bars: Bars) {
    private val written = StringBuilder()

    fun write(): String {
        val result = bars.result
        val title = "${Labels.cut(
            result.workflow,
            LONGEST_TITLE,
        )}, ${result.state.name.lowercase()} in ${Labels.duration(result.executionTimeMillis)}"
        written.append("gantt\n    title ").append(MermaidText.label(title.replace('\n', ' ')))
        written.append("\n    dateFormat x\n    axisFormat ").append(if (bars.millis < MINUTE) "%S.%L s" else "%H:%M:%S").append('\n')
        if (bars.bars.isNotEmpty()) written.append("    section Nodes\n")
        bars.bars.forEachIndexed { place, bar -> bar(bar, "n$place") }
        for ((group, others) in bars.others.withIndex()) {
            written.append("    section ").append(MermaidText.label(others.why)).append('\n')
            others.names.take(MOST_OTHERS).forEachIndexed { place, name ->
                task(Labels.cut(name, LONGEST_NAME), "milestone", "o${group}_$place", bars.begin + bars.millis, 0)
            }
            if (others.names.size > MOST_OTHERS) {
                task("and ${others.names.size - MOST_OTHERS} more", "milestone", "o$group", bars.begin + bars.millis, 0)
            }
        }
        return written.toString()
    }

    private fun bar(bar: Bars.Bar, id: String) {
        val state = if (bar.isFailed) {
            "crit"
        } else if (bar.isCutOff) {
            "active"
        } else {
            "done"
        }
        val name = Labels.cut(bar.record.name, LONGEST_NAME)
        task("$name, ${Labels.cut(bar.words(), LONGEST_WORDS)}", state, id, bar.begin, bar.end - bar.begin)
        if (bar.record.timeline.size < 2 || bar.isMany) return
        bar.record.timeline.forEachIndexed { number, attempt -> attempt(attempt, number + 1, name, id) }
    }

    private fun attempt(attempt: Execution, number: Int, name: String, id: String) {
        val state = if (attempt.error == null) "done" else "crit"
        task(
            "$name, attempt $number, ${Labels.duration(attempt.tookMillis)}",
            state,
            "${id}_$number",
            attempt.startedAtMillis,
            attempt.tookMillis,
        )
    }

    /** Nothing that took no time would be seen. */
    private fun task(label: String, state: String, id: String, begin: Long, millis: Long) {
        written
            .append("    ")
            .append(MermaidText.task(label))
            .append(" :")
            .append(state)
            .append(", ")
            .append(id)
        written
            .append(", ")
            .append(begin)
            .append(", ")
            .append(begin + millis.coerceAtLeast(1))
            .append('\n')
    }

    private companion object {
        const val MINUTE = 60_000L
        const val LONGEST_TITLE = 80
        const val LONGEST_NAME = 60
        const val LONGEST_WORDS = 80
        const val MOST_OTHERS = 50
    }
}
