package dev.tandem.provider.openai.responses

import dev.tandem.model.ChatEvent
import dev.tandem.provider.StreamedAnswer
import dev.tandem.provider.http.Pages.Companion.text
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject

/**
 * Hands pieces out, and knows which it has: everything is said up to four times, as pieces, as a whole part, within its item
 * and within the response, and not every gateway says it each time.
 */
internal class ToldPieces(private val pieces: StreamedAnswer, private val hand: (ChatEvent?) -> Unit) {
    private val places = mutableSetOf<Triple<Spoken, Int, Int>>()

    /** In which form the model thinks aloud: some servers send both. */
    private var thinking: Spoken? = null

    val isEmpty: Boolean get() = places.isEmpty()

    fun piece(what: Spoken, event: ResponseEvent, piece: String) = piece(what, event.outputIndex ?: 0, event.part, piece)

    /** A part that is whole, in case it did not come in pieces. */
    fun whole(what: Spoken, event: ResponseEvent, text: String) = whole(what, event.outputIndex ?: 0, event.part, text)

    /** A call that begins, with as much of its arguments as is known. */
    fun call(index: Int, item: JsonObject) {
        places -= Triple(Spoken.ARGUMENTS, index, 0)
        hand(pieces.toolCall(index, callId(item), item.text("name").orEmpty(), ""))
    }

    /** All of [item] that was not told yet. False when it is of a kind that has no event of its own. */
    fun item(index: Int, item: JsonObject): Boolean {
        when (item.text("type")) {
            "message" -> {
                parts(item, "content").forEachIndexed { i, part ->
                    part.text("text")?.let { whole(Spoken.TEXT, index, i, it) }
                    part.text("refusal")?.let { whole(Spoken.REFUSAL, index, i, it) }
                }
            }

            "reasoning" -> {
                parts(item, "summary").forEachIndexed { i, part -> whole(Spoken.SUMMARY, index, i, part.text("text").orEmpty()) }
                parts(item, "content").forEachIndexed { i, part -> whole(Spoken.THOUGHT, index, i, part.text("text").orEmpty()) }
            }

            "function_call" -> {
                if (places.add(Triple(Spoken.ARGUMENTS, index, 0))) {
                    val arguments = item.text("arguments") ?: (item["arguments"] as? JsonObject)?.toString()
                    hand(pieces.toolCall(index, callId(item), item.text("name").orEmpty(), arguments.orEmpty()))
                }
            }

            else -> {
                return false
            }
        }
        return true
    }

    private fun whole(what: Spoken, index: Int, part: Int, text: String) {
        if (Triple(what, index, part) !in places) piece(what, index, part, text)
    }

    private fun piece(what: Spoken, index: Int, part: Int, piece: String) {
        if (piece.isEmpty()) return
        val begins = places.add(Triple(what, index, part))
        when (what) {
            Spoken.TEXT -> hand(pieces.text(piece))
            Spoken.REFUSAL -> hand(pieces.refusal(piece))
            Spoken.ARGUMENTS -> hand(pieces.toolCall(index, "", "", piece))
            else -> thought(what, if (begins && thinking == what) "\n\n$piece" else piece)
        }
    }

    private fun thought(form: Spoken, piece: String) {
        if (thinking == null) thinking = form
        if (thinking == form) hand(pieces.reasoning(piece))
    }

    private companion object {
        val ResponseEvent.part: Int get() = summaryIndex ?: contentIndex ?: 0

        fun parts(item: JsonObject, field: String): List<JsonObject> = (item[field] as? JsonArray).orEmpty().filterIsInstance<JsonObject>()

        fun callId(item: JsonObject): String = (item.text("call_id") ?: item.text("id")).orEmpty()
    }
}
