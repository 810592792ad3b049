package dev.tandem.retrieval.split

import java.text.BreakIterator
import java.util.Locale
import java.util.regex.Pattern

/** Where a text may be cut: places strictly between `from` and `to`, in their order. */
internal fun interface Cuts {
    fun of(text: String, from: Int, to: Int): List<Int>

    companion object {
        val PARAGRAPHS = after(Pattern.compile("\\R(\\h*\\R)+"))
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
