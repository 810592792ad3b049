package dev.tandem.workflow.drawing

import kotlinx.serialization.json.JsonPrimitive

/** Texts that Mermaid shows and does not read: it takes words such as `end`, signs, Markdown, HTML and icons out of labels. */
internal object MermaidText {
    private const val LONGEST_TITLE = 80
    private const val QUIET = " ,()?"

    /** Words that begin something in a chart of times. */
    private val GANTT_WORD = Regex(
        "(?i)(?:gantt|date|inclusive|top|axis|tick|include|exclude|today|week|title|acc|section|click|href|call|[0-9]{4}-).*",
        RegexOption.DOT_MATCHES_ALL,
    )

    /** Formulas and icons are found when the numbers are signs again: a sign of no width keeps them apart. */
    private val FOUND_LATE = Regex("(?<=\\$)(?=\\$)|(?<=fa[a-z]?:)(?=fa-)")
    private const val NOTHING = "\u2060"

    /** In quotes. Everything of ASCII that could mean something is told by its number. */
    fun label(text: String): String = buildString {
        for (char in text.replace(FOUND_LATE, NOTHING)) {
            when {
                char == '\n' -> append("<br/>")
                char.code > ASCII || char.isLetterOrDigit() || char in QUIET -> append(char)
                else -> append('#').append(char.code).append(';')
            }
        }
    }

    /** Of a bar in a chart of times, where a colon ends it. */
    fun task(text: String): String {
        val line = text.replace('\n', ' ').trim()
        if (!GANTT_WORD.matches(line)) return label(line)
        return "#${line[0].code};" + label(line.substring(1))
    }

    /** Of the YAML before a chart: JSON is YAML. There are no numbers for signs there, and what looks like HTML is taken out. */
    fun title(text: String): String =
        JsonPrimitive(Labels.cut(text.replace('\n', ' '), LONGEST_TITLE).replace('<', '‹').replace('>', '›')).toString()

    private const val ASCII = 127
}
