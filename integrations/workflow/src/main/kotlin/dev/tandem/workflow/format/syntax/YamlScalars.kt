package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** How values look that fit into a line, and which texts take several. */
internal object YamlScalars {
    private const val LONGEST_FLOW = 72
    private const val MOST_IN_FLOW = 3
    private const val HEX = 16
    private const val HEX_DIGITS = 4

    /** What YAML 1.1 takes for something else, and with it many a reader that may come after us. */
    private val TRAP = Regex(
        "(?i)y|n|yes|no|on|off|true|false|null|0b[01_]+|0o[0-7]+|0x[0-9a-f_]+|" +
            "[-+]?[0-9][0-9_,.:]*(e[-+]?[0-9]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*",
    )

    /** One of them opens something, or closes it, where flow is written. */
    private const val FLOW_SIGNS = ",[]{}"

    /** [value] in a line where it is empty, or a short list of short things; null for what takes lines of its own. */
    fun flow(value: JsonElement): String? = when (value) {
        is JsonObject -> if (value.isEmpty()) "{}" else null
        is JsonArray -> short("[", value.map { (it as? JsonPrimitive)?.let(::inFlow) ?: return null }, "]")
        is JsonPrimitive -> null
    }

    /** The same where small objects are short as well. */
    fun flowItem(value: JsonElement): String? {
        if (value !is JsonObject || value.isEmpty() || value.size > MOST_IN_FLOW) return flow(value)
        val fields = value.map { (name, field) ->
            line(name, isFlow = true) + ": " +
                ((field as? JsonPrimitive)?.let(::inFlow) ?: return null)
        }
        return short("{", fields, "}")
    }

    private fun short(open: String, parts: List<String>, close: String): String? =
        parts.joinToString(prefix = open, postfix = close).takeIf { it.length <= LONGEST_FLOW }

    private fun inFlow(value: JsonPrimitive) = if (value.isString) line(value.content, isFlow = true) else value.content

    /** Whether a block shows [text] as it is, and gives it back as it was. */
    fun isBlock(text: String): Boolean {
        if ('\n' !in text || text.isBlank()) return false
        // What ends with more than one line break, or with a line of spaces, would lose them.
        if (text.removeSuffix("\n").substringAfterLast('\n').isBlank()) return false
        return text.all { it == '\n' || it == '\t' || isPrintable(it) }
    }

    /** [text] in one line, with quotes where it needs them. */
    fun line(text: String, isFlow: Boolean): String = when {
        isPlain(text, isFlow) -> text
        '\'' !in text && (text.contains('"') || text.contains('\\')) && text.all(::isPrintable) -> "'$text'"
        else -> quoted(text)
    }

    private fun isPlain(text: String, isFlow: Boolean): Boolean {
        val first = text.firstOrNull() ?: return false
        return (first.isLetterOrDigit() || first == '_' || first == '/') &&
            text.all(::isPrintable) &&
            !TRAP.matches(text) &&
            text.last() != ' ' &&
            text.last() != ':' &&
            ": " !in text &&
            " #" !in text &&
            !(isFlow && text.any { it in FLOW_SIGNS || it == ':' })
    }

    private fun isPrintable(char: Char) = char in ' '..'~' ||
        (char in '\u00a1'..'\ufffd' && char !in '\u2028'..'\u202e' && char !in '\u2060'..'\u206f' && char != '\u200b' && char != '\ufeff')

    private fun quoted(text: String): String = buildString {
        append('"')
        for (char in text) {
            when {
                char == '"' || char == '\\' -> append('\\').append(char)
                char == '\n' -> append("\\n")
                char == '\t' -> append("\\t")
                char == '\r' -> append("\\r")
                isPrintable(char) -> append(char)
                else -> append("\\u").append(char.code.toString(HEX).padStart(HEX_DIGITS, '0'))
            }
        }
        append('"')
    }
}
