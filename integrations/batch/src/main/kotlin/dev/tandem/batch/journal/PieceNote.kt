package dev.tandem.batch.journal

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put

/** Items that are handed to the provider together: what is meant to be, then the provider's word for it. */
internal class PieceNote(val name: String, val intent: String, val ticket: String?, val keys: List<String>) {
    fun withTicket(ticket: String): PieceNote = PieceNote(name, intent, ticket, keys)

    companion object {
        private const val NAME = "piece"
        private const val INTENT = "intent"
        private const val TICKET = "ticket"
        private const val KEYS = "items"
        private const val OVER = "over"

        fun intended(piece: PieceNote): JsonObject = buildJsonObject {
            put(NAME, piece.name)
            put(INTENT, piece.intent)
            put(KEYS, JsonArray(piece.keys.map(::JsonPrimitive)))
        }

        fun handedIn(name: String, ticket: String): JsonObject = buildJsonObject {
            put(NAME, name)
            put(TICKET, ticket)
        }

        fun over(name: String): JsonObject = buildJsonObject {
            put(NAME, name)
            put(OVER, true)
        }

        /** What [line] says, if it is about a piece, changes [open]. */
        fun read(line: JsonObject, open: MutableMap<String, PieceNote>) {
            val name = line[NAME]?.jsonPrimitive?.content ?: return
            val keys = line[KEYS] as? JsonArray
            val ticket = line[TICKET]?.jsonPrimitive?.content
            when {
                keys != null -> open[name] =
                    PieceNote(name, line.getValue(INTENT).jsonPrimitive.content, null, keys.map { it.jsonPrimitive.content })

                ticket != null -> open[name]?.let { open[name] = it.withTicket(ticket) }

                else -> open -= name
            }
        }
    }
}
