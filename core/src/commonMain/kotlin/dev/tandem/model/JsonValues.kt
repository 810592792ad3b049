@file:JvmName("-JsonValues")

package dev.tandem.model

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.jvm.JvmName
import kotlin.jvm.JvmSynthetic

/** Plain values as JSON: text, numbers, booleans, null, lists, maps and JSON itself. Anything else is refused with its type. */
@JvmSynthetic
public fun jsonOf(value: Any?): JsonElement = when (value) {
    null -> JsonNull

    is JsonElement -> value

    is String -> JsonPrimitive(value)

    is Boolean -> JsonPrimitive(value)

    is Number -> numberOf(value)

    is Map<*, *> -> JsonObject(value.entries.associate { (key, item) -> key.toString() to jsonOf(item) })

    is Iterable<*> -> JsonArray(value.map(::jsonOf))

    else -> throw IllegalArgumentException(
        "a ${value::class.simpleName} cannot be sent as JSON: give text, a number, a boolean, null, a list, a map or a JsonElement",
    )
}

/** What is null or empty is left out. */
internal fun objectOf(vararg fields: Pair<String, Any?>): JsonObject = JsonObject(
    buildMap {
        for ((name, value) in fields) if (value != null && (value as? List<*>)?.isEmpty() != true) put(name, jsonOf(value))
    },
)

private fun numberOf(value: Number): JsonPrimitive {
    val isFinite = (value as? Double)?.isFinite() ?: (value as? Float)?.isFinite() ?: true
    require(isFinite) { "$value cannot be sent as JSON" }
    return JsonPrimitive(value)
}

/** The same JSON, each name and each text in it changed by [text]; a whole number as well, which is a text then. */
internal fun JsonElement.mapTexts(text: (String) -> String): JsonElement = when (this) {
    is JsonObject -> JsonObject(entries.associate { (name, value) -> text(name) to value.mapTexts(text) })

    is JsonArray -> JsonArray(map { it.mapTexts(text) })

    is JsonNull -> this

    is JsonPrimitive -> if (!isString &&
        content.any { !it.isDigit() }
    ) {
        this
    } else {
        text(content).let { if (it == content) this else JsonPrimitive(it) }
    }
}
