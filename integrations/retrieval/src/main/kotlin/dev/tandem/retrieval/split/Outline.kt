package dev.tandem.retrieval.split

/**
 * The lines of a source file, each with how deep it stands: by braces, or by indentation. It reads past strings and comments, and knows
 * no more of a language; where it is wrong, a piece is cut at a worse place.
 */
internal class Outline(private val text: String, private val language: Language) {
    private val starts = arrayListOf(0)

    /** At its beginning; [INSIDE] within a comment or a string. */
    private val depths = arrayListOf(0)

    init {
        if (language == Language.PYTHON) Scan().indented() else Scan().braced()
    }

    /** Where something new begins at most [depth] deep: after an empty line, or after the end of something deeper. */
    fun cuts(from: Int, to: Int, depth: Int): List<Int> {
        val places = ArrayList<Int>()
        for (line in 1 until starts.size) {
            val start = starts[line]
            if (start <= from || start >= to || depths[line] > depth || isBlank(line)) continue
            var before = line - 1
            while (before > 0 && isBlank(before)) before--
            if (before < line - 1 || (depths[before] > depths[line] && !isCloser(line))) places += start
        }
        return places
    }

    private fun lineEnd(line: Int) = if (line + 1 < starts.size) starts[line + 1] else text.length

    private fun isBlank(line: Int) = (starts[line] until lineEnd(line)).all { text[it].isWhitespace() }

    private fun isCloser(line: Int) = text.substring(starts[line], lineEnd(line)).trimStart().firstOrNull() in CLOSERS

    private inner class Scan {
        private var at = 0

        fun braced() {
            var depth = 0
            while (at < text.length) {
                val char = text[at]
                when {
                    char == '{' -> depth++
                    char == '}' -> depth = (depth - 1).coerceAtLeast(0)
                    starts("//") -> while (at + 1 < text.length && text[at + 1] != '\n') at++
                    starts("/*") -> skip("/*", "*/", hasEscapes = false)
                    starts(TEXT_BLOCK) -> skip(TEXT_BLOCK, TEXT_BLOCK, hasEscapes = language == Language.JAVA)
                    char == '`' && language == Language.JAVASCRIPT -> skip("`", "`", hasEscapes = true)
                    char == '"' || char == '\'' -> skipOnLine(char)
                }
                if (at < text.length && text[at] == '\n') line(depth)
                at++
            }
        }

        /** Four blanks or a tab are one deeper, which is right for nearly all. */
        fun indented() {
            while (at < text.length) {
                when {
                    text[at] == '#' -> while (at + 1 < text.length && text[at + 1] != '\n') at++
                    starts(TEXT_BLOCK) -> skip(TEXT_BLOCK, TEXT_BLOCK, hasEscapes = true)
                    starts("'''") -> skip("'''", "'''", hasEscapes = true)
                    text[at] == '"' || text[at] == '\'' -> skipOnLine(text[at])
                }
                if (at < text.length && text[at] == '\n') line(indentAt(at + 1))
                at++
            }
        }

        /** Behind the line end at [at]. */
        private fun line(depth: Int) {
            starts += at + 1
            depths += depth
        }

        private fun indentAt(start: Int): Int {
            var width = 0
            var at = start
            while (at < text.length && (text[at] == ' ' || text[at] == '\t')) width += if (text[at++] == '\t') 4 else 1
            return (width + 3) / 4
        }

        private fun starts(sign: String) = text.startsWith(sign, at)

        /** To the last char of [end]. */
        private fun skip(begin: String, end: String, hasEscapes: Boolean) {
            at += begin.length
            while (at < text.length && !starts(end)) {
                if (text[at] == '\n') line(INSIDE)
                if (hasEscapes && text[at] == '\\') at++
                at++
            }
            at += end.length - 1
        }

        /** A string without an end is one of another kind than we know: it ends with its line. */
        private fun skipOnLine(quote: Char) {
            val start = at++
            while (at < text.length && text[at] != quote && text[at] != '\n') at += if (text[at] == '\\') 2 else 1
            if (at >= text.length || text[at] == '\n') at = start
        }
    }

    private companion object {
        const val INSIDE = Int.MAX_VALUE
        const val TEXT_BLOCK = "\"\"\""
        val CLOSERS = setOf('}', ')', ']')
    }
}
