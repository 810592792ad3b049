package dev.tandem.provider.openai

import dev.tandem.model.ProviderState
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** What a server wants back in the next turn: its thoughts, word for word, and what it hung on the tool calls. */
internal class ReturnedState(private val dialect: OpenAiDialect) {
    private val content = StringBuilder()
    private val details = mutableListOf<JsonElement>()
    private val extras = linkedMapOf<String, JsonElement>()

    fun content(piece: String) {
        content.append(piece)
    }

    fun details(pieces: JsonArray) {
        details.addAll(pieces)
    }

    /** Of the tool call with this [id]. */
    fun extra(id: String, extra: JsonElement) {
        extras[id] = extra
    }

    fun toState(): ProviderState? {
        val fields = buildJsonObject {
            if (content.isNotEmpty()) put(CONTENT, content.toString())
            if (details.isNotEmpty()) put(DETAILS, JsonArray(details))
            if (extras.isNotEmpty()) put(EXTRAS, JsonObject(extras))
        }
        return if (fields.isEmpty()) null else ProviderState(dialect.owner, fields)
    }

    companion object {
        private const val CONTENT = "reasoning_content"
        private const val DETAILS = "reasoning_details"
        private const val EXTRAS = "extra_content"

        /** What goes into the message itself. */
        fun fieldsOf(state: JsonElement?): Map<String, JsonElement> = (state as? JsonObject).orEmpty().filterKeys { it != EXTRAS }

        /** What goes back to the tool call with this [id]. */
        fun extraOf(state: JsonElement?, id: String): JsonElement? = ((state as? JsonObject)?.get(EXTRAS) as? JsonObject)?.get(id)
    }
}
