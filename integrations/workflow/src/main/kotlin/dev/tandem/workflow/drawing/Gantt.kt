package dev.tandem.workflow.drawing

import dev.tandem.workflow.run.Execution

/** A run in Mermaid's words. */
internal class Gantt(private val bars: Bars) {
    private val written = StringBuilder()

    fun write(): String {
        val result = bars.result
        val name = Labels.cut(result.workflow.replace('\n', ' '), LONGEST_TITLE)
        val title = "$name, ${result.state.name.lowercase()} in ${Labels.duration(result.executionTimeMillis)}"
        written.append("gantt\n    title ").append(MermaidText.label(title))
        written.append("\n    dateFormat x\n    axisFormat ").append(if (bars.millis < MINUTE) "%S.%L s" else "%H:%M:%S").append('\n')
        if (bars.bars.isNotEmpty()) written.append("    section Nodes\n")
        bars.bars.forEachIndexed { place, bar -> bar(bar, "n$place") }
        bars.others.forEachIndexed(::others)
        return written.toString()
    }

    /** At the end, where nobody takes them for something that was done. */
    private fun others(group: Int, others: Bars.Others) {
        written.append("    section ${MermaidText.label(others.why)}\n")
        val names = others.names.take(MOST_OTHERS).map { Labels.cut(it, LONGEST_NAME) }
        val more = others.names.size - names.size
        val all = if (more > 0) names + "and $more more" else names
        all.forEachIndexed { i, name -> task(name, "milestone, o${group}_$i", bars.begin + bars.millis, 0) }
    }

    private fun bar(bar: Bars.Bar, id: String) {
        val look = when {
            bar.isFailed -> FAILED
            bar.isCutOff || bar.isWaiting -> QUIET
            else -> ""
        }
        val name = Labels.cut(bar.record.name, LONGEST_NAME)
        task("$name, ${Labels.cut(bar.words(), LONGEST_WORDS)}", look + id, bar.begin, bar.end - bar.begin)
        if (bar.record.timeline.size > 1 && !bar.isMany) {
            bar.record.timeline.forEachIndexed { i, attempt -> attempt(attempt, "$name, attempt ${i + 1}", "${id}_$i") }
        }
    }

    private fun attempt(attempt: Execution, name: String, id: String) {
        val look = if (attempt.error == null) "" else FAILED
        task("$name, ${Labels.duration(attempt.tookMillis)}", look + id, attempt.startedAtMillis, attempt.tookMillis)
    }

    /** Nothing that took no time would be seen. */
    private fun task(label: String, look: String, begin: Long, millis: Long) {
        written.append("    ${MermaidText.task(label)} :$look, $begin, ${begin + millis.coerceAtLeast(1)}\n")
    }

    private companion object {
        const val FAILED = "crit, "
        const val QUIET = "done, "
        const val MINUTE = 60_000L
        const val LONGEST_TITLE = 80
        const val LONGEST_NAME = 60
        const val LONGEST_WORDS = 80
        const val MOST_OTHERS = 50
    }
}
