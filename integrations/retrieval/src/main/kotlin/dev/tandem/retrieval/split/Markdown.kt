@file:JvmName("-Markdown")

package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk

/** What stands under one heading, with it, up to the next one. */
internal class Section(val start: Int, val end: Int, val metadata: Map<String, String>)

internal fun sectionsOf(text: String): List<Section> {
    val lines = markdownLines(text)
    val sections = ArrayList<Section>()
    val headings = ArrayList<Pair<Int, String>>()
    var start = 0
    var hasText = false
    lines.forEachIndexed { i, line ->
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
        headings += level to line.text
            .trim()
            .trim('#')
            .trim()
    }
    if (text.length > start) sections += Section(start, text.length, metadataOf(headings))
    return sections
}

private fun metadataOf(headings: List<Pair<Int, String>>): Map<String, String> =
    if (headings.isEmpty()) emptyMap() else mapOf(Chunk.HEADINGS to headings.joinToString(" > ") { it.second })

/** Where paragraphs, lists, blocks of code and tables begin. Empty lines within a block of code are part of it. */
internal fun markdownBlocks(text: String, from: Int, to: Int): List<Int> {
    val lines = markdownLines(text.substring(from, to))
    return (1 until lines.size)
        .filter { i ->
            val line = lines[i]
            val before = lines[i - 1]
            when {
                line.isBlank || line.isInside -> false
                before.isBlank -> true
                line.isFence || before.endsFence -> true
                else -> line.isTable != before.isTable
            }
        }.map { from + lines[it].start }
}

/** A line, and whether it stands within a block of code: [isFence] where that begins, [isInside] for all others of it. */
internal class MarkdownLine(val text: String, val start: Int, val isFence: Boolean, val isInside: Boolean, val endsFence: Boolean) {
    val isBlank: Boolean get() = text.isBlank()
    val isTable: Boolean get() = !isFence && !isInside && text.trimStart().startsWith('|')

    val isUnderline: Boolean get() = UNDERLINE.matches(text.trimEnd())

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
    var fence: String? = null
    var start = 0
    while (start < text.length) {
        val end = text.indexOf('\n', start).let { if (it < 0) text.length else it + 1 }
        val line = text.substring(start, end)
        val marks = FENCE.find(line)?.groupValues?.get(1)
        val open = fence
        val closes = open != null && marks != null && marks.startsWith(open) && line.trim() == marks
        lines += MarkdownLine(line, start, open == null && marks != null, open != null, closes)
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

private val FENCE = Regex("^ {0,3}(`{3,}|~{3,})")
