package dev.tandem.testing

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** What a server was told, whatever the wire. Null for what it was not told. */
internal data class Heard(
    val system: String?,
    val question: String?,
    /** In base64. */
    val image: String?,
    val call: Call?,
    val result: Result?,
    /** What the model is said to have answered. */
    val answer: String?,
) {
    /** [link] is what ties it to its [Result]: an id, or on wires that have none the tool's name. */
    data class Call(val link: String, val tool: String, val arguments: JsonElement)

    data class Result(val link: String, val text: String)
}

/** The element at [path], of field names and indexes; null where there is none. */
internal fun JsonElement.at(vararg path: Any): JsonElement? = path.fold(this as JsonElement?) { here, step ->
    if (step is Int) (here as? JsonArray)?.getOrNull(step) else (here as? JsonObject)?.get(step)
}

internal fun JsonElement.textAt(vararg path: Any): String? = at(*path)?.jsonPrimitive?.content

/** The objects in the array at [path]. */
internal fun JsonElement.allAt(vararg path: Any): List<JsonObject> = at(*path)?.jsonArray.orEmpty().map { it.jsonObject }

/** Those whose [field] is [value]. */
internal fun List<JsonObject>.where(field: String, value: String): List<JsonObject> = filter { it.textAt(field) == value }
