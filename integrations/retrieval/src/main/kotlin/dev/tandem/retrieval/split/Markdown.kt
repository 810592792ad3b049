package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk

/** What stands under one heading, with it, up to the next one. */
internal class Section(val start: Int, val end: Int, val metadata: Map<String, String>)

/** A text's lines, as far as they matter for where to cut it. */
internal class Markdown(private val text: String) {
    private val lines = markdownLines(text)

    fun sections(): List<Section> {
        val sections = ArrayList<Section>()
        val headings = ArrayList<Pair<Int, String>>()
        var start = lines.lastOrNull { it.isFront }?.end ?: 0
        if (start > 0) sections += Section(0, start, emptyMap())
        var hasText = false
        lines.forEachIndexed { i, line ->
            if (line.isFront) return@forEachIndexed
            val level = line.headingLevel(lines.getOrNull(i + 1))
            if (level == null) {
                hasText = hasText || !(line.isBlank || line.isUnderline)
                return@forEachIndexed
            }
            // A heading without a text of its own goes with the one below it.
            if (hasText) {
                sections += Section(start, line.start, metadataOf(headings))
                start = line.start
                hasText = false
            }
            headings.removeAll { it.first >= level }
            headings += level to line.heading
        }
        if (text.length > start) sections += Section(start, text.length, metadataOf(headings))
        return sections
    }

    private fun metadataOf(headings: List<Pair<Int, String>>): Map<String, String> =
        if (headings.isEmpty()) emptyMap() else mapOf(Chunk.HEADINGS to headings.joinToString(" > ") { it.second })

    /** Where paragraphs, lists, blocks of code and tables begin. Empty lines within a block of code are part of it. */
    fun blocks(from: Int, to: Int): List<Int> = (numberOf(from) + 1 until lines.size)
        .takeWhile { lines[it].start < to }
        .filter { i ->
            val line = lines[i]
            val before = lines[i - 1]
            when {
                line.isBlank || line.isInside -> false
                before.isBlank -> true
                line.isFence || before.endsFence -> true
                else -> line.isTable != before.isTable
            }
        }.map { lines[it].start }

    /** Whether [place] is in no block of code and no table. */
    fun isProse(place: Int): Boolean = lines[numberOf(place)].run { !isFence && !isInside && !isTable }

    /** Of the line around [place]. */
    private fun numberOf(place: Int) = lines.binarySearch { it.start.compareTo(place) }.let { if (it < 0) -it - 2 else it }
}

/**
 * A line, and whether it stands within a block of code: [isFence] where that begins, [isInside] for all others of it, and for those of
 * what YAML says in front of all, which also are [isFront].
 */
internal class MarkdownLine(
    val text: String,
    val start: Int,
    val isFence: Boolean = false,
    val isInside: Boolean = false,
    val endsFence: Boolean = false,
    val isFront: Boolean = false,
) {
    val end: Int get() = start + text.length
    val isBlank: Boolean get() = text.isBlank()
    val isTable: Boolean get() = !isFence && !isInside && text.trimStart().startsWith('|')

    val isUnderline: Boolean get() = UNDERLINE.matches(text.trimEnd())

    /** What it says, being a heading. Signs at its end are none of it where a blank is before them: `C#` keeps its own. */
    val heading: String
        get() {
            if (!ATX.containsMatchIn(text)) return text.trim()
            val bare = text.trim().trimStart('#').trim()
            val open = bare.trimEnd('#')
            return if (open.isEmpty() || open.last().isWhitespace()) open.trimEnd() else bare
        }

    /** 1 to 6, by its own signs or by those of the [next] line; null for what is no heading. */
    fun headingLevel(next: MarkdownLine?): Int? = when {
        isFence || isInside || isBlank -> null
        ATX.containsMatchIn(text) -> text.trimStart().takeWhile { it == '#' }.length
        next == null || next.isFence || !text[0].isLetterOrDigit() -> null
        next.isUnderline -> if (next.text[0] == '=') 1 else 2
        else -> null
    }

    private companion object {
        val ATX = Regex("^ {0,3}#{1,6}(\\s|$)")
        val UNDERLINE = Regex("=+|-{2,}")
    }
}

private fun markdownLines(text: String): List<MarkdownLine> {
    val lines = ArrayList<MarkdownLine>()
    val front = frontEnd(text)
    var fence: String? = null
    var start = 0
    while (start < text.length) {
        val end = lineEnd(text, start)
        val line = text.substring(start, end)
        val open = fence
        val marks = if (start < front) null else fenceOf(line)
        val closes = open != null && marks != null && marks.startsWith(open) && line.trim() == marks
        lines += if (start < front) {
            MarkdownLine(line, start, isInside = true, isFront = true)
        } else {
            MarkdownLine(line, start, open == null && marks != null, open != null, closes)
        }
        fence = if (open == null) {
            marks
        } else if (closes) {
            null
        } else {
            open
        }
        start = end
    }
    return lines
}

private fun lineEnd(text: String, start: Int) = text.indexOf('\n', start).let { if (it < 0) text.length else it + 1 }

/** The marks that a block of code begins with. Between backticks on one line stands code within a text. */
private fun fenceOf(line: String): String? {
    val found = FENCE.find(line) ?: return null
    val marks = found.groupValues[1]
    return marks.takeUnless { it[0] == '`' && line.indexOf('`', found.range.last + 1) >= 0 }
}

/** Where what YAML says in front of all ends, with the line that closes it; 0 where there is no such. */
private fun frontEnd(text: String): Int {
    var at = lineEnd(text, 0)
    if (text.substring(0, at).removePrefix("\uFEFF").trimEnd() != "---") return 0
    var isFirst = true
    while (at < text.length) {
        val end = lineEnd(text, at)
        val line = text.substring(at, end).trimEnd()
        if (line == "---" || line == "...") return end
        // A line across the page, and not the beginning of anything.
        if (isFirst && line.isEmpty()) return 0
        isFirst = false
        at = end
    }
    return 0
}

private val FENCE = Regex("^ {0,3}(`{3,}|~{3,})")
