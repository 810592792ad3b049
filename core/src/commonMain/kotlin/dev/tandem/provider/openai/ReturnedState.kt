package dev.tandem.provider.openai

import dev.tandem.model.ProviderState
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.put

/** What a server wants back in the next turn: its thoughts, word for word, and what it hung on the tool calls. */
internal class ReturnedState(private val dialect: OpenAiDialect) {
    /** Null until there is some, which may be empty: DeepSeek wants even that back with its tool calls. */
    private var content: StringBuilder? = null
    private val details = mutableListOf<Detail>()
    private val extras = linkedMapOf<String, JsonElement>()

    fun content(piece: String) {
        content = (content ?: StringBuilder()).append(piece)
    }

    /** Of one thought come many pieces, each with its type and its place; what goes back is the thought. */
    fun details(pieces: JsonArray) = pieces.forEach { piece ->
        if (details.lastOrNull()?.goesOnWith(piece) != true) details += Detail(piece)
    }

    /** Of the tool call with this [id]. */
    fun extra(id: String, extra: JsonElement) {
        extras[id] = extra
    }

    fun toState(): ProviderState? {
        val fields = buildJsonObject {
            content?.let { put(CONTENT, it.toString()) }
            if (details.isNotEmpty()) put(DETAILS, JsonArray(details.map { it.toJson() }))
            if (extras.isNotEmpty()) put(EXTRAS, JsonObject(extras))
        }
        return if (fields.isEmpty()) null else ProviderState(dialect.owner, fields)
    }

    /** One thought, from its [first] piece on. */
    private class Detail(private val first: JsonElement) {
        private val fields = (first as? JsonObject).orEmpty().toMutableMap()

        /** What grows from piece to piece. */
        private val texts = mutableMapOf<String, StringBuilder>()

        /** Takes [piece] if it is of this thought. */
        fun goesOnWith(piece: JsonElement): Boolean {
            if (piece !is JsonObject || fields["index"] == null || SAME.any { fields[it] != piece[it] }) return false
            piece.forEach { (name, value) -> join(name, value) }
            return true
        }

        private fun join(name: String, value: JsonElement) {
            val before = fields[name]
            when {
                value is JsonNull -> {
                    fields.getOrPut(name) { value }
                }

                name in TEXTS && before is JsonPrimitive && value is JsonPrimitive -> {
                    texts.getOrPut(name) { StringBuilder(before.contentOrNull.orEmpty()) }.append(value.content)
                }

                else -> {
                    fields[name] = value
                }
            }
        }

        fun toJson(): JsonElement =
            if (first is JsonObject) JsonObject(fields + texts.mapValues { JsonPrimitive(it.value.toString()) }) else first
    }

    companion object {
        private const val CONTENT = "reasoning_content"
        private const val DETAILS = "reasoning_details"
        private const val EXTRAS = "extra_content"
        private val SAME = listOf("type", "index")
        private val TEXTS = setOf("text", "summary", "data")

        /** What goes into the message itself. */
        fun fieldsOf(state: JsonElement?): Map<String, JsonElement> = (state as? JsonObject).orEmpty().filterKeys { it != EXTRAS }

        /** What goes back to the tool call with this [id]. */
        fun extraOf(state: JsonElement?, id: String): JsonElement? = ((state as? JsonObject)?.get(EXTRAS) as? JsonObject)?.get(id)
    }
}
