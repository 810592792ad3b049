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

    /** In quotes. Everything of ASCII that could mean something is told by its number. */
    fun label(text: String): String = buildString {
        for (char in text) {
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

    /** Of the YAML before a chart: JSON is YAML, and what looks like HTML is told by its number. */
    fun title(text: String): String =
        JsonPrimitive(Labels.cut(text.replace('\n', ' '), LONGEST_TITLE)).toString().replace("<", "\\u003c").replace(">", "\\u003e")

    private const val ASCII = 127
}
