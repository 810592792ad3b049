package dev.tandem.provider.gemini

import dev.tandem.model.ProviderState
import dev.tandem.provider.http.Pages.Companion.text
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/**
 * The parts of an answer as they came, to be sent back in the next turn: signatures belong to the very part that carried
 * them, an empty one too. Pieces of plain text are joined.
 */
internal class GeminiTurn {
    private val parts = mutableListOf<JsonObject>()
    private val open = StringBuilder()

    /** The mark of the text in [open]. */
    private var thought: JsonElement? = null

    fun add(part: JsonObject) {
        if (part.keys == TEXT || part.keys == THOUGHT) {
            if (part["thought"] != thought) close()
            thought = part["thought"]
            open.append(part.text("text").orEmpty())
        } else {
            close()
            parts += part
        }
    }

    /** Nothing, where the text says it all. */
    fun toState(): ProviderState? {
        close()
        return if (parts.all { it.keys == TEXT }) null else ProviderState(Gemini.NAME, JsonArray(parts.toList()))
    }

    private fun close() {
        if (open.isEmpty()) return
        parts += buildJsonObject {
            put("text", open.toString())
            thought?.let { put("thought", it) }
        }
        open.clear()
    }

    companion object {
        private val TEXT = setOf("text")
        private val THOUGHT = setOf("text", "thought")

        /** The id that call number [index] of a turn has on the wire, if any. */
        fun idOfCall(state: JsonElement?, index: Int): String? = (state as? JsonArray)
            .orEmpty()
            .mapNotNull { (it as? JsonObject)?.get("functionCall") as? JsonObject }
            .getOrNull(index)
            ?.text("id")
    }
}
