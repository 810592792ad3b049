package dev.tandem.workflow.template

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** The way into a value: `.field`, `[0]`, `["a field"]`. */
internal class DataPath private constructor(private val steps: List<String>) {
    val isEmpty: Boolean get() = steps.isEmpty()

    /** What lies in [value] there. Throws [TemplateException] that says how far it went. */
    fun of(value: JsonElement, what: String): JsonElement {
        var at = value
        var known = what
        for (step in steps) {
            at = next(opened(at), step) ?: throw TemplateException("there is no '$step' in $known, only ${found(opened(at))}")
            known += if (step.toIntOrNull() == null) ".$step" else "[$step]"
        }
        return at
    }

    private fun next(value: JsonElement, step: String): JsonElement? = when (value) {
        is JsonObject -> value[step]
        is JsonArray -> step.toIntOrNull()?.let(value::getOrNull)
        else -> null
    }

    private fun found(value: JsonElement): String = when (value) {
        is JsonObject -> if (value.isEmpty()) {
            "an object without fields"
        } else {
            value.keys
                .take(
                    MOST_SHOWN,
                ).joinToString(prefix = "the fields ")
        }

        is JsonArray -> "a list of ${value.size}"

        is JsonPrimitive -> if (value.isString) "the text '${value.content.take(SHOWN)}'" else "$value"
    }

    companion object {
        private const val MOST_SHOWN = 12
        private const val SHOWN = 60
        private const val FENCE = "```"
        private val STEP = Regex("""\.([^.\[\]]+)|\[(\d+)]|\["([^"]*)"]""")

        fun parse(text: String): DataPath {
            val steps = ArrayList<String>()
            var at = 0
            while (at < text.length) {
                val step = STEP.matchAt(text, at)
                    ?: throw TemplateException("'${text.substring(at)}' is no way into a value: write .field, [0] or [\"a field\"]")
                val (field, index, quoted) = step.destructured
                steps += field.trim() + index + quoted
                at = step.range.last + 1
            }
            return DataPath(steps)
        }

        /** A text that is JSON, as what it says: models answer by texts. */
        fun opened(value: JsonElement): JsonElement {
            if (value !is JsonPrimitive || !value.isString) return value
            val text = unfenced(value.content.trim())
            if (text.isEmpty() || (text[0] != '{' && text[0] != '[')) return value
            return try {
                Json.parseToJsonElement(text)
            } catch (_: SerializationException) {
                value
            }
        }

        private fun unfenced(text: String): String =
            if (text.startsWith(FENCE) && text.endsWith(FENCE)) text.removeSuffix(FENCE).substringAfter('\n', "").trim() else text
    }
}
