package dev.tandem.workflow.drawing

import dev.tandem.workflow.run.Execution
import dev.tandem.workflow.run.RunState

/** A run as a picture. */
internal class TimelineSvg(private val bars: Bars) {
    private val row = when {
        bars.bars.size <= FEW -> 26.0
        bars.bars.size <= MANY -> 20.0
        else -> 15.0
    }
    private val type = if (row > 16) 12.0 else 10.0
    private val names = (bars.bars.maxOfOrNull { SvgText.width(nameOf(it)) * type } ?: 0.0).coerceIn(60.0, WIDEST_NAME)
    private val left = MARGIN + names + 14
    private val scale = Scale(bars.millis, left, WIDTH - MARGIN - END - left)
    private val written = StringBuilder()
    private var y = 0.0

    fun write(): String {
        head()
        if (bars.bars.isNotEmpty()) chart()
        others()
        val height = SvgText.number(y + MARGIN)
        val title = SvgText.escaped(Labels.cut(bars.result.workflow, LONGEST_TITLE))
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ${SvgText.number(WIDTH)} $height\" " +
            "width=\"${SvgText.number(WIDTH)}\" height=\"$height\" role=\"img\" " +
            "font-family=\"system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\">\n" +
            "<title>$title</title>\n<desc>${SvgText.escaped(summary())}</desc>\n$STYLE" +
            "<rect width=\"${SvgText.number(WIDTH)}\" height=\"$height\" rx=\"6\" fill=\"#fff\"/>\n$written</svg>\n"
    }

    private fun head() {
        y = MARGIN + 15
        val state = if (bars.result.state == RunState.COMPLETED) "done" else "failed"
        tag("circle", "class=\"$state\" cx=\"${SvgText.number(MARGIN + 5)}\" cy=\"${SvgText.number(y - 5)}\" r=\"5\"")
        text(MARGIN + 18, y, 16.0, SvgText.fit(Labels.cut(bars.result.workflow, LONGEST_TITLE), WIDTH - 2 * MARGIN - 18, 16.0), "title")
        y += 20
        text(MARGIN + 18, y, 12.0, SvgText.fit(summary(), WIDTH - 2 * MARGIN - 18, 12.0), "quiet")
        y += 18
    }

    private fun summary(): String {
        val result = bars.result
        val retries = bars.bars.filterNot { it.isMany }.sumOf { it.record.retries }
        val tokens = result.usage.inputTokens + result.usage.outputTokens
        return listOfNotNull(
            "${result.state.name.lowercase()} in ${Labels.duration(result.executionTimeMillis)}",
            Labels.many(result.nodes.size, "node"),
            Labels.many(bars.bars.count { it.isFailed }, "failure").takeUnless { it.startsWith("0 ") },
            Labels.many(retries, "retry", "retries").takeIf { retries > 0 },
            "%,d tokens".format(java.util.Locale.ROOT, tokens).takeIf { tokens > 0 },
        ).joinToString("  ·  ")
    }

    private fun chart() {
        y += 14
        val top = y + 6
        val bottom = top + 6 + row * bars.bars.size
        for (mark in scale.marks) {
            val x = scale.at(mark)
            tag(
                "line",
                "class=\"grid\" x1=\"${SvgText.number(
                    x,
                )}\" x2=\"${SvgText.number(x)}\" y1=\"${SvgText.number(top)}\" y2=\"${SvgText.number(bottom)}\"",
            )
            text(x, y, 11.0, scale.wordsFor(mark), "mark")
        }
        y = top + 6
        for (bar in bars.bars) {
            bar(bar)
            y += row
        }
        y += 8
    }

    private fun bar(bar: Bars.Bar) {
        val middle = y + row / 2
        val height = (row * BAR).coerceAtLeast(7.0)
        val top = middle - height / 2
        written
            .append(
                "<g><title>",
            ).append(SvgText.escaped(Labels.cut("${bar.record.name} (${bar.record.kind}): ${bar.words()}", LONGEST_TIP)))
            .append("</title>\n")
        text(left - 14, middle + type * BASE, type, SvgText.fit(nameOf(bar), names, type), if (bar.isFailed) "name bad" else "name")
        val from = scale.at(bar.begin - bars.begin)
        val to = scale.at(bar.end - bars.begin)
        when {
            bar.isWaiting -> box(from, to, middle - 1.5, 3.0, if (bar.isFailed) "failed" else "wait")
            bar.record.timeline.isEmpty() -> box(from, to, top, height, if (bar.isFailed) "failed" else "done")
            bar.isMany -> many(bar, from, to, top, height)
            else -> attempts(bar, from, to, top, height)
        }
        if (bar.isFailed) cross(to + 9, middle)
        val words = to + if (bar.isFailed) 18 else 7
        text(
            words,
            middle + type * BASE,
            type - 1,
            SvgText.fit(bar.words(), WIDTH - MARGIN - words, type - 1),
            if (bar.isFailed) "bad" else "quiet",
        )
        written.append("</g>\n")
    }

    /** With the pauses between them. */
    private fun attempts(bar: Bars.Bar, from: Double, to: Double, top: Double, height: Double) {
        if (bar.record.timeline.size > 1) box(from, to, top + height / 2 - 1, 2.0, "pause")
        for (attempt in bar.record.timeline) box(x(attempt.startedAtMillis), x(endOf(attempt)), top, height, classOf(attempt, bar))
    }

    /** What is at work at the same time is the darker for it. */
    private fun many(bar: Bars.Bar, from: Double, to: Double, top: Double, height: Double) {
        box(from, to, top, height, "many")
        for (call in bar.record.timeline.take(
            MOST_CALLS,
        )) {
            box(x(call.startedAtMillis), x(endOf(call)), top, height, "${classOf(call, bar)} one")
        }
    }

    private fun classOf(attempt: Execution, bar: Bars.Bar) = if (attempt.error == null) {
        "done"
    } else if (bar.isCutOff) {
        "wait"
    } else {
        "failed"
    }

    private fun endOf(attempt: Execution) = attempt.startedAtMillis + attempt.tookMillis

    private fun x(millis: Long) = scale.at(millis - bars.begin)

    private fun others() {
        for (others in bars.others) {
            y += 20
            text(MARGIN, y, 12.0, "${others.why} (${others.names.size})", "part")
            val shown = others.names.take(MOST_OTHERS).map { Labels.cut(it, LONGEST_TITLE) }
            val rest = others.names.size - shown.size
            for (line in SvgText.lines(if (rest > 0) shown + "and $rest more" else shown, WIDTH - 2 * MARGIN, 12.0)) {
                y += 17
                text(MARGIN, y, 12.0, line, "quiet")
            }
        }
        if (bars.bars.isEmpty() && bars.others.isEmpty()) y += 4
    }

    private fun nameOf(bar: Bars.Bar) = Labels.cut(bar.record.name, LONGEST_TITLE).replace('\n', ' ')

    private fun box(from: Double, to: Double, top: Double, height: Double, kind: String) {
        val width = (to - from).coerceAtLeast(2.0)
        val round = minOf(3.0, height / 2, width / 2)
        val place = "x=\"${SvgText.number(
            from,
        )}\" y=\"${SvgText.number(top)}\" width=\"${SvgText.number(width)}\" height=\"${SvgText.number(height)}\""
        tag("rect", "class=\"$kind\" $place rx=\"${SvgText.number(round)}\"")
    }

    /** Red is not red to everybody. */
    private fun cross(x: Double, y: Double) {
        val (west, east, north, south) = listOf(x - ARM, x + ARM, y - ARM, y + ARM).map(SvgText::number)
        tag("path", "class=\"cross\" d=\"M$west ${north}L$east ${south}M$east ${north}L$west $south\"")
    }

    private fun text(x: Double, y: Double, size: Double, text: String, kind: String) {
        written
            .append(
                "<text class=\"",
            ).append(kind)
            .append("\" x=\"")
            .append(SvgText.number(x))
            .append("\" y=\"")
            .append(SvgText.number(y))
        written
            .append("\" font-size=\"")
            .append(SvgText.number(size))
            .append("\">")
            .append(SvgText.escaped(text))
            .append("</text>\n")
    }

    private fun tag(name: String, attributes: String) {
        written
            .append('<')
            .append(name)
            .append(' ')
            .append(attributes)
            .append("/>\n")
    }

    private companion object {
        const val WIDTH = 960.0
        const val MARGIN = 24.0

        /** Behind the last mark, for words. */
        const val END = 190.0
        const val WIDEST_NAME = 220.0
        const val BAR = 0.5
        const val BASE = 0.35
        const val ARM = 3.5
        const val FEW = 40
        const val MANY = 120
        const val LONGEST_TITLE = 120
        const val LONGEST_TIP = 300
        const val MOST_CALLS = 200
        const val MOST_OTHERS = 300

        /** Blue and vermilion: told apart by the colour-blind. */
        const val STYLE = "<style>\n" +
            "text { fill: #24292f } .title { font-weight: 600 } .quiet, .mark { fill: #6e7781 } .part { font-weight: 600 }\n" +
            ".name { text-anchor: end } .mark { text-anchor: middle } .bad { fill: #a8330c } .grid { stroke: #e4e8ec }\n" +
            ".done { fill: #3f7cb8 } .failed { fill: #d55e00 } .wait { fill: #8c959f } .pause { fill: #b9c6d3 } .many { fill: #d5e3f0 }\n" +
            ".one { opacity: .35 } .cross { stroke: #a8330c; stroke-width: 1.8; stroke-linecap: round; fill: none }\n" +
            "</style>\n"
    }
}
