package dev.tandem.workflow.drawing

import dev.tandem.workflow.run.Execution
import dev.tandem.workflow.run.RunState
import java.util.Locale

/** A run as a picture: the names on the left, the bars by time, and under them what was not run. */
internal class TimelineSvg(private val bars: Bars) {
    private val row = when {
        bars.bars.size <= FEW -> 26.0
        bars.bars.size <= MANY -> 20.0
        else -> 15.0
    }
    private val barHeight = (row / 2).coerceAtLeast(7.0)
    private val type = if (row > 16) 12.0 else 10.0
    private val names = (bars.bars.maxOfOrNull { SvgText.width(nameOf(it)) * type } ?: 0.0).coerceIn(60.0, WIDEST_NAME)
    private val left = MARGIN + names + 14
    private val scale = Scale(bars.millis, left, WIDTH - MARGIN - roomForWords() - left)
    private val svg = Svg()
    private val title = Labels.cut(bars.result.workflow, LONGEST_TITLE)

    /** How far down it is written. */
    private var y = 0.0

    fun write(): String {
        head()
        if (bars.bars.isNotEmpty()) chart()
        bars.others.forEach(::others)
        return svg.whole(WIDTH, y + MARGIN, title, summary())
    }

    private fun head() {
        val state = when (bars.result.state) {
            RunState.COMPLETED -> "done"
            RunState.FAILED -> "failed"
            else -> "wait"
        }
        val width = WIDTH - 2 * MARGIN - 18
        y = MARGIN + 15
        svg.dot(state, MARGIN + 5, y - 5, 5.0)
        svg.text("title", MARGIN + 18, y, 16.0, SvgText.fit(title, width, 16.0))
        y += 20
        svg.text("quiet", MARGIN + 18, y, 12.0, SvgText.fit(summary(), width, 12.0))
        y += 18
    }

    private fun summary(): String {
        val result = bars.result
        val failures = bars.bars.count { it.isFailed }
        val retries = bars.bars.filterNot { it.isMany }.sumOf { it.record.retries }
        val tokens = result.usage.inputTokens + result.usage.outputTokens
        return listOfNotNull(
            "${result.state.name.lowercase()} in ${Labels.duration(result.executionTimeMillis)}",
            Labels.many(result.nodes.size, "node"),
            Labels.many(failures, "failure").takeIf { failures > 0 },
            Labels.many(retries, "retry", "retries").takeIf { retries > 0 },
            "%,d tokens".format(Locale.ROOT, tokens).takeIf { tokens > 0 },
        ).joinToString(" · ")
    }

    private fun chart() {
        y += 14
        val top = y + 6
        for (mark in scale.marks) {
            svg.upright("grid", scale.at(mark), top, top + 6 + row * bars.bars.size)
            svg.text("mark", scale.at(mark), y, 11.0, scale.wordsFor(mark))
        }
        y = top + 6
        for (bar in bars.bars) {
            svg.group("${bar.record.name} (${bar.record.kind}): ${bar.words()}") { bar(bar) }
            y += row
        }
        y += 8
    }

    private fun bar(bar: Bars.Bar) {
        val base = y + row / 2 + type * BASE
        val bad = if (bar.isFailed) " bad" else ""
        svg.text("name$bad", left - 14, base, type, SvgText.fit(nameOf(bar), names, type))
        shape(bar)
        val end = x(bar.end)
        if (bar.isFailed) svg.cross(end + 9, y + row / 2, ARM)
        val words = end + if (bar.isFailed) 18 else 7
        svg.text("quiet$bad", words, base, type - 1, SvgText.fit(bar.words(), WIDTH - MARGIN - words, type - 1))
    }

    private fun shape(bar: Bars.Bar) {
        val middle = y + row / 2
        val calls = bar.record.timeline
        when {
            bar.isWaiting -> {
                svg.box(if (bar.isFailed) "failed" else "wait", x(bar.begin), x(bar.end), middle - 1.5, 3.0)
            }

            calls.isEmpty() -> {
                box(if (bar.isFailed) "failed" else "done", bar.begin, bar.end)
            }

            // What is at work at the same time is the darker for it.
            bar.isMany -> {
                box("many", bar.begin, bar.end)
                for (call in calls.take(MOST_CALLS)) box(lookOf(call, bar) + " one", call.startedAtMillis, endOf(call))
            }

            else -> {
                if (calls.size > 1) svg.box("pause", x(bar.begin), x(bar.end), middle - 1, 2.0)
                for (call in calls) box(lookOf(call, bar), call.startedAtMillis, endOf(call))
            }
        }
    }

    private fun box(look: String, begin: Long, end: Long) = svg.box(look, x(begin), x(end), y + (row - barHeight) / 2, barHeight)

    private fun lookOf(call: Execution, bar: Bars.Bar) = when {
        call.error == null -> "done"
        bar.isCutOff -> "wait"
        else -> "failed"
    }

    private fun endOf(call: Execution) = call.startedAtMillis + call.tookMillis

    private fun x(millis: Long) = scale.at(millis - bars.begin)

    private fun others(others: Bars.Others) {
        y += 26
        svg.text("part", MARGIN, y, 12.0, "${others.why} (${others.names.size})")
        val shown = others.names.take(MOST_OTHERS).map { Labels.cut(it, LONGEST_TITLE) }
        val more = others.names.size - shown.size
        for (line in SvgText.lines(if (more > 0) shown + "and $more more" else shown, WIDTH - 2 * MARGIN, 12.0)) {
            y += 17
            svg.text("quiet", MARGIN, y, 12.0, line)
        }
    }

    private fun nameOf(bar: Bars.Bar) = Labels.cut(bar.record.name, LONGEST_TITLE)

    /** Behind the last mark, for those of bars that end near it. */
    private fun roomForWords(): Double {
        val late = bars.bars.filter { it.end - bars.begin >= bars.millis * LATE }
        return (late.maxOfOrNull { SvgText.width(it.words()) * type } ?: 0.0).coerceIn(50.0, 190.0)
    }

    private companion object {
        const val WIDTH = 960.0
        const val MARGIN = 24.0
        const val WIDEST_NAME = 220.0
        const val LATE = 0.6
        const val BASE = 0.35
        const val ARM = 3.5
        const val FEW = 40
        const val MANY = 120
        const val LONGEST_TITLE = 120
        const val MOST_CALLS = 200
        const val MOST_OTHERS = 300
    }
}
