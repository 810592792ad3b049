package dev.tandem.provider.anthropic

import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.json.argumentsOf
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** One block of an answer while its pieces arrive, kept word for word as it has to go back. */
internal class Block(
    /** What the server counts it as. */
    val index: Int?,
    private val beginning: JsonObject,
) {
    private val texts = linkedMapOf<String, StringBuilder>()
    private val citations = mutableListOf<JsonElement>()
    private val input = StringBuilder()

    val type: String = beginning.text("type").orEmpty()

    /** The user is to run a tool. Anthropic runs others itself. */
    val isCall: Boolean get() = type == "tool_use"

    /** The arguments, where they came at once and not in pieces; null otherwise. */
    val wholeInput: String? get() = (beginning["input"] as? JsonObject)?.takeIf { input.isEmpty() && it.isNotEmpty() }?.toString()

    /** Nothing but text, so nothing that a message does not hold already. */
    val isPlain: Boolean
        get() = type == "text" && citations.isEmpty() &&
            beginning.all { (name, value) -> name in PLAIN || value is JsonNull || value == EMPTY }

    /** Would be refused when sent back, though it came from there. */
    val isBlank: Boolean get() = type == "text" && valueOf("text").isBlank()

    fun append(field: String, piece: String) {
        texts.getOrPut(field) { StringBuilder(beginning.text(field).orEmpty()) }.append(piece)
    }

    fun sign(signature: String) {
        texts["signature"] = StringBuilder(signature)
    }

    fun cite(citation: JsonElement) {
        citations += citation
    }

    fun input(piece: String) {
        input.append(piece)
    }

    fun toJson(): JsonObject {
        val fields = beginning.toMutableMap()
        texts.forEach { (field, text) -> fields[field] = JsonPrimitive(text.toString()) }
        if (citations.isNotEmpty()) fields["citations"] = JsonArray((beginning["citations"] as? JsonArray).orEmpty() + citations)
        if (input.isNotEmpty()) fields["input"] = argumentsOf(input.toString())
        return JsonObject(fields)
    }

    private fun valueOf(field: String): CharSequence = texts[field] ?: beginning.text(field).orEmpty()

    private companion object {
        val PLAIN = setOf("type", "text")
        val EMPTY = JsonArray(emptyList())
    }
}
