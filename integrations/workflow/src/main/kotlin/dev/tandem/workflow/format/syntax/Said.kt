package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What a file says, and in which line. JSON and YAML come to the same. */
internal sealed class Said(
    val line: Int,
    /** Values in it, itself among them. Those that aliases say again count again. */
    val size: Long,
    /** Levels in it. */
    val height: Int,
) {
    class Scalar(val json: JsonPrimitive, line: Int) : Said(line, 1, 1)

    class Sequence(val items: List<Said>, line: Int) : Said(line, 1 + items.sumOf { it.size }, 1 + (items.maxOfOrNull { it.height } ?: 0))

    class Mapping(val fields: Map<String, Field>, line: Int) :
        Said(line, 1 + fields.values.sumOf { it.value.size }, 1 + (fields.values.maxOfOrNull { it.value.height } ?: 0))

    class Field(val value: Said, val line: Int)

    fun toJson(): JsonElement = when (this) {
        is Scalar -> json
        is Sequence -> JsonArray(items.map { it.toJson() })
        is Mapping -> JsonObject(fields.mapValues { (_, field) -> field.value.toJson() })
    }

    /** For messages: `the text 'yes'`; without what it says where that [isSecret]. */
    fun told(isSecret: Boolean): String = when (this) {
        is Sequence -> "a list"

        is Mapping -> "an object"

        is Scalar -> when {
            json is JsonNull -> "null"
            isSecret -> if (json.isString) "a text" else "a number or a boolean"
            json.isString -> "the text '${excerpt(json.content)}'"
            else -> excerpt(json.content)
        }
    }

    companion object {
        private const val SHOWN = 60

        fun of(json: JsonElement): Said = when (json) {
            is JsonPrimitive -> Scalar(json, 0)
            is JsonArray -> Sequence(json.map(::of), 0)
            is JsonObject -> Mapping(json.mapValues { (_, value) -> Field(of(value), 0) }, 0)
        }

        /** In one line. */
        fun excerpt(text: String): String {
            val shown = if (text.length <= SHOWN) text else text.take(SHOWN).dropLastWhile { it.isHighSurrogate() } + "…"
            return shown.replace("\n", "\\n").replace("\r", "\\r")
        }
    }
}
