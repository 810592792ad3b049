package dev.tandem.workflow.drawing

/** Texts of pictures: how wide they are, more or less. */
internal object SvgText {
    private const val NARROW = 0.34
    private const val WIDE = 0.88
    private const val UPPER = 0.7
    private const val USUAL = 0.6
    private const val FULL = 1.05
    private const val FIRST_FULL = 0x1100
    private const val NARROW_SIGNS = "iljtfrI.,:;'|!()[] "
    private const val WIDE_SIGNS = "mwMW@%…—"

    /** For one pixel of type. No fonts are asked: every machine has others. */
    fun width(text: String): Double = text.codePoints().mapToObj { widthOf(it) }.reduce(0.0, Double::plus)

    private fun widthOf(point: Int): Double = when {
        point >= FIRST_FULL && point !in 0x2010..0x2027 -> FULL
        point.toChar() in NARROW_SIGNS -> NARROW
        point.toChar() in WIDE_SIGNS -> WIDE
        Character.isUpperCase(point) -> UPPER
        else -> USUAL
    }

    /** As much of [text] as is not wider than [width] pixels in type of [size]. */
    fun fit(text: String, width: Double, size: Double): String {
        if (width(text) * size <= width) return text
        var known = width("…") * size
        var at = 0
        while (at < text.length) {
            val point = text.codePointAt(at)
            known += widthOf(point) * size
            if (known > width) break
            at += Character.charCount(point)
        }
        return text.substring(0, at).trimEnd() + "…"
    }

    /** Lines of [words], with commas, none wider than [width]. */
    fun lines(words: List<String>, width: Double, size: Double): List<String> {
        val lines = ArrayList<String>()
        var line = ""
        for ((i, word) in words.withIndex()) {
            val next = fit(word, width - size, size) + if (i < words.lastIndex) "," else ""
            val longer = if (line.isEmpty()) next else "$line $next"
            if (line.isNotEmpty() && width(longer) * size > width) {
                lines += line
                line = next
            } else {
                line = longer
            }
        }
        return if (line.isEmpty()) lines else lines + line
    }
}
