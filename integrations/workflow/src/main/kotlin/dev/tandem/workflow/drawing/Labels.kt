package dev.tandem.workflow.drawing

import java.util.Locale

/** Words in drawings. */
internal object Labels {
    private const val SECOND = 1_000L
    private const val TEN_SECONDS = 10_000L
    private const val MINUTE = 60_000L
    private const val HOUR = 3_600_000L
    private const val DAY = 86_400_000L
    private const val HUNDREDTH = 10
    private const val TENTH = 100

    /** [text] without what no drawing can show, and not longer than [length]. A pair of surrogates is not parted. */
    fun cut(text: String, length: Int): String {
        val shown = StringBuilder()
        var at = 0
        while (at < text.length && shown.length < length) {
            val point = text.codePointAt(at)
            at += Character.charCount(point)
            shown.appendCodePoint(if (isShown(point)) point else UNKNOWN)
        }
        return if (at < text.length) "$shown…" else shown.toString()
    }

    private fun isShown(point: Int) = point == '\n'.code || when (Character.getType(point).toByte()) {
        Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false

        // They turn around what comes after them.
        else -> point !in 0x202a..0x202e && point !in 0x2066..0x2069
    }

    private const val UNKNOWN = 0xfffd

    /** `340 ms`, `1.24 s`, `12.4 s`, `2 min 5 s`, `1 h 4 min`, `2 d 3 h`. */
    fun duration(millis: Long): String = when {
        millis < SECOND -> "$millis ms"
        millis < TEN_SECONDS -> seconds(millis / HUNDREDTH, 100.0)
        millis < MINUTE -> seconds(millis / TENTH, 10.0)
        millis < HOUR -> two(millis, MINUTE, "min", SECOND, "s")
        millis < DAY -> two(millis, HOUR, "h", MINUTE, "min")
        else -> two(millis, DAY, "d", HOUR, "h")
    }

    private fun seconds(parts: Long, inSecond: Double) =
        String.format(Locale.ROOT, "%.2f", parts / inSecond).trimEnd('0').trimEnd('.') + " s"

    private fun two(millis: Long, large: Long, largeName: String, small: Long, smallName: String): String {
        val rest = millis % large / small
        return "${millis / large} $largeName" + if (rest == 0L) "" else " $rest $smallName"
    }

    fun many(count: Int, one: String, several: String = "${one}s"): String = "%,d %s".format(
        Locale.ROOT,
        count,
        if (count ==
            1
        ) {
            one
        } else {
            several
        },
    )
}
