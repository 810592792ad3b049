package dev.tandem.llama

import dev.tandem.model.ChatEvent
import dev.tandem.model.FinishReason
import dev.tandem.model.Usage
import dev.tandem.provider.StreamedAnswer

/** Tokens in, events out. */
internal class AnswerReader(
    private val answer: StreamedAnswer,
    private val stops: StopScanner,
    private val toolMarker: String?,
    private val callId: () -> String,
    private val count: (String) -> Int,
) {
    private var call: ToolCallReader? = null
    private var tokens = 0L
    private var finish: FinishReason? = null

    /** The answer has ended before the model: a stop text or a whole tool call. */
    val isDone: Boolean get() = finish != null

    fun read(piece: String): ChatEvent? {
        if (piece.isEmpty()) return null
        // A character of several tokens arrives as one piece.
        tokens += if (piece.any { it.code > ASCII }) maxOf(1, count(piece)) else 1
        if (piece == toolMarker) call = ToolCallReader()
        val open = call ?: return text(piece)
        if (piece == toolMarker) return null
        val (name, arguments) = open.take(piece) ?: return null
        call = null
        finish = FinishReason.TOOL_CALLS
        return answer.toolCall(0, callId(), name, arguments)
    }

    /** The last events; after this the answer is complete. */
    fun end(isCut: Boolean, inputTokens: Int): List<ChatEvent> {
        val broken = call?.let { toolMarker + it.text }.orEmpty()
        val rest = answer.text(stops.rest() + broken)
        answer.finish(finish ?: if (isCut) FinishReason.LENGTH else FinishReason.STOP)
        answer.end()
        return listOfNotNull(rest, answer.usage(Usage.of(inputTokens.toLong(), tokens)))
    }

    private fun text(piece: String): ChatEvent? {
        val shown = stops.take(piece)
        if (stops.hasStopped) finish = FinishReason.STOP
        return answer.text(shown)
    }

    private companion object {
        const val ASCII = 127
    }
}
