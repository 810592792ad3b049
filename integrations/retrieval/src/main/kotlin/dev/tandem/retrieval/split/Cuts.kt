package dev.tandem.retrieval.split

import java.text.BreakIterator
import java.util.Locale
import java.util.regex.Pattern

/** Where a text may be cut: places strictly between `from` and `to`, in their order. */
internal fun interface Cuts {
    fun of(text: String, from: Int, to: Int): List<Int>

    companion object {
        val PARAGRAPHS = Cuts(::paragraphEnds)
        val LINES = after(Pattern.compile("\\R"))
        val SENTENCES = Cuts(::sentenceEnds)

        /** Where a line could be broken: behind blanks, and between the signs of scripts that have none. */
        val WORDS = Cuts { text, from, to ->
            val breaks = BreakIterator.getLineInstance(Locale.ROOT)
            breaks.setText(text.substring(from, to))
            generateSequence { breaks.next().takeIf { it != BreakIterator.DONE } }
                .map { from + it }
                .filter { it in from + 1 until to }
                .toList()
        }

        /** Between what a reader sees as characters. */
        val CHARACTERS = after(Pattern.compile("\\X", Pattern.DOTALL))

        val CODE_POINTS = after(Pattern.compile(".", Pattern.DOTALL))

        private fun after(what: Pattern) = Cuts { text, from, to ->
            val found = what.matcher(text).region(from, to).useTransparentBounds(false)
            generateSequence { if (found.find()) found.end() else null }.filter { it in from + 1 until to }.toList()
        }
    }
}

/** Behind empty lines. By hand: for such a pattern the regex engine goes one deeper with each line, and the stack ends. */
private fun paragraphEnds(text: String, from: Int, to: Int): List<Int> {
    val ends = ArrayList<Int>()
    var at = from
    while (at < to) {
        val line = behindLineEnd(text, at, to)
        if (line < 0) {
            at++
            continue
        }
        at = line
        var blank = at
        while (blank < to) {
            val next = behindLineEnd(text, blank, to)
            if (next < 0 && !text[blank].isWhitespace()) break
            blank = if (next < 0) blank + 1 else next.also { at = it }
        }
        if (at > line && at < to) ends += at
    }
    return ends
}

/** -1 where no line ends at [at]. */
private fun behindLineEnd(text: String, at: Int, to: Int): Int = when {
    text[at] !in LINE_ENDS -> -1
    text[at] == '\r' && at + 1 < to && text[at + 1] == '\n' -> at + 2
    else -> at + 1
}

private const val LINE_ENDS = "\n\u000B\u000C\r\u0085\u2028\u2029"
