package dev.tandem.llama

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Puts a tool call together: `{"name":…,"arguments":{…}}`, which ends with its last brace. */
internal class ToolCallReader {
    private val json = StringBuilder()

    /** As far as it has come. */
    val text: String get() = json.toString()

    /** Name and arguments once they are whole, else null. */
    fun take(piece: String): Pair<String, String>? {
        json.append(piece)
        if (!piece.endsWith('}')) return null
        return try {
            val call = Json.parseToJsonElement(text) as? JsonObject ?: return null
            val name = call["name"]?.jsonPrimitive?.content ?: return null
            name to (call["arguments"] ?: JsonObject(emptyMap())).toString()
        } catch (_: SerializationException) {
            null
        }
    }
}
