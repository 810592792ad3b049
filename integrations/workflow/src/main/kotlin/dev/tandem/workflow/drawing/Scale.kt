package dev.tandem.workflow.drawing

/** Milliseconds as places on a line, with marks at round times. */
internal class Scale(millis: Long, private val left: Double, private val width: Double) {
    private val step: Long = STEPS.firstOrNull { millis <= it * MOST_MARKS } ?: roundDays(millis)

    /** The last mark is not before the end. */
    private val whole: Long = ((millis.coerceAtLeast(1) + step - 1) / step) * step
    val marks: List<Long> = (0..whole step step).toList()

    fun at(millis: Long): Double = left + width * millis / whole

    fun wordsFor(mark: Long): String = if (mark == 0L) "0" else Labels.duration(mark)

    private companion object {
        const val MOST_MARKS = 8
        const val DAY = 86_400_000L
        val STEPS: List<Long> = listOf(1, 2, 5, 10, 20, 50, 100, 200, 500).map { it.toLong() } +
            listOf(1, 2, 5, 10, 15, 30).map { it * 1_000L } +
            listOf(1, 2, 5, 10, 15, 30).map { it * 60_000L } +
            listOf(1, 2, 3, 6, 12, 24).map { it * 3_600_000L }

        fun roundDays(millis: Long): Long {
            var step = DAY
            while (millis > step * MOST_MARKS) step *= 2
            return step
        }
    }
}
