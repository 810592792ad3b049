package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * YAML for people: texts of several lines as they are, short lists in a line, an empty line between nodes. The library's own writer puts a
 * text into quotes for a tab in it, or a space at the end of a line, and nobody can edit prompts in there.
 */
internal class YamlWriter(
    /** Of which lists the items are in a line each, where they are short. */
    private val short: Set<String> = emptySet(),
) {
    private val written = StringBuilder()

    fun write(root: JsonObject): String {
        mapping(root, "", isFirstInline = false)
        return written.toString()
    }

    private fun mapping(fields: JsonObject, indent: String, isFirstInline: Boolean) {
        var isInline = isFirstInline
        for ((name, value) in fields) {
            if (!isInline) written.append(indent)
            isInline = false
            val key = YamlScalars.line(name, isFlow = false)
            if (key.length <= LONGEST_KEY) {
                written.append(key).append(':')
            } else {
                written
                    .append("? ")
                    .append(key)
                    .append('\n')
                    .append(indent)
                    .append(':')
            }
            value(value, indent, isShort = name in short)
        }
    }

    /** After a name and its colon. */
    private fun value(value: JsonElement, indent: String, isShort: Boolean) {
        val flow = YamlScalars.flow(value)
        when {
            flow != null -> {
                written.append(' ').append(flow).append('\n')
            }

            value is JsonPrimitive -> {
                scalar(value, "$indent  ")
            }

            else -> {
                written.append('\n')
                if (value is JsonArray) {
                    sequence(
                        value,
                        "$indent  ",
                        isShort,
                    )
                } else {
                    mapping(value as JsonObject, "$indent  ", isFirstInline = false)
                }
            }
        }
    }

    private fun sequence(items: JsonArray, indent: String, isShort: Boolean) {
        items.forEachIndexed { i, item ->
            // Between nodes of the outermost workflow.
            if (i > 0 && indent.length == 2 && item is JsonObject && !isShort) written.append('\n')
            written.append(indent).append('-')
            val flow = if (isShort) YamlScalars.flowItem(item) else YamlScalars.flow(item)
            when {
                flow != null -> {
                    written.append(' ').append(flow).append('\n')
                }

                item is JsonPrimitive -> {
                    scalar(item, "$indent  ")
                }

                item is JsonObject -> {
                    written.append(' ')
                    mapping(item, "$indent  ", isFirstInline = true)
                }

                else -> {
                    written.append('\n')
                    sequence(item as JsonArray, "$indent  ", isShort = false)
                }
            }
        }
    }

    private fun scalar(value: JsonPrimitive, indent: String) {
        val text = value.content
        if (!value.isString || !YamlScalars.isBlock(text)) {
            written.append(' ').append(if (value.isString) YamlScalars.line(text, isFlow = false) else text).append('\n')
            return
        }
        // An indentation that cannot be told from the first line is said.
        val hint = if (text[0] == ' ' || text[0] == '\n') "2" else ""
        written
            .append(" |")
            .append(hint)
            .append(if (text.endsWith('\n')) "" else "-")
            .append('\n')
        for (line in text.removeSuffix("\n").split('\n')) {
            if (line.isNotEmpty()) written.append(indent).append(line)
            written.append('\n')
        }
    }

    private companion object {
        /** A longer one is not seen as one without a question mark. */
        const val LONGEST_KEY = 1_000
    }
}
