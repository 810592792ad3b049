package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** JSON for people. The writer of kotlinx.serialization makes doubles of numbers: `1.50` would come back as another one. */
internal class JsonWriter {
    private val written = StringBuilder()

    fun write(root: JsonObject): String {
        value(root, "\n")
        return written.append('\n').toString()
    }

    private fun value(value: JsonElement, lineBreak: String) {
        val inside = "$lineBreak  "
        when (value) {
            is JsonPrimitive -> {
                written.append(value)
            }

            is JsonArray -> {
                // What has no lines of its own needs none.
                if (value.all { it is JsonPrimitive }) {
                    value.joinTo(written, prefix = "[", postfix = "]")
                } else {
                    each(value, "[", inside) { value(it, inside) }
                    written.append(lineBreak).append(']')
                }
            }

            is JsonObject -> {
                if (value.isEmpty()) {
                    written.append("{}")
                } else {
                    each(value.entries, "{", inside) { (name, field) ->
                        written.append(JsonPrimitive(name)).append(": ")
                        value(field, inside)
                    }
                    written.append(lineBreak).append('}')
                }
            }
        }
    }

    private inline fun <T> each(items: Collection<T>, open: String, lineBreak: String, write: (T) -> Unit) {
        var before = open
        for (item in items) {
            written.append(before).append(lineBreak)
            before = ","
            write(item)
        }
    }
}
