package dev.tandem.privacy

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse

/** One answer on its way up. Of a stream, it holds back what may be the beginning of a placeholder. */
internal class Unmasking(private val placeholders: Placeholders, isJson: Boolean) {
    private val write: (String) -> String = if (isJson) ::inJson else { it -> it }

    /** What is held back, and the event it came with. */
    private var held = ""
    private var last: ChatEvent? = null

    fun whole(response: ChatResponse): ChatResponse = if (placeholders.isEmpty) {
        response
    } else {
        response.withMessage(
            response.message.mapTexts({ placeholders.unmask(it, write) }) { arguments -> placeholders.unmask(arguments, ::inJson) },
        )
    }

    fun hear(event: ChatEvent): List<ChatEvent> {
        if (placeholders.isEmpty) return listOf(event)
        val piece = pieceOf(event)
        val before = if (piece == null || !isSameStream(event)) letGo() else emptyList()
        if (piece == null) return before + if (event is ChatEvent.Completed) ChatEvent.Completed(whole(event.response)) else event
        val text = held + piece
        val from = Placeholders.BEGINNING
            .find(text)
            ?.range
            ?.first ?: text.length
        held = text.substring(from)
        last = event
        return if (from == 0) before else before + said(event, text.substring(0, from))
    }

    /** It was no placeholder after all. */
    private fun letGo(): List<ChatEvent> {
        val event = last
        val text = held
        held = ""
        last = null
        return if (event == null || text.isEmpty()) emptyList() else listOf(said(event, text))
    }

    private fun isSameStream(event: ChatEvent): Boolean {
        val before = last ?: return true
        return before::class == event::class &&
            (before !is ChatEvent.ToolCallDelta || before.index == (event as ChatEvent.ToolCallDelta).index)
    }

    private fun pieceOf(event: ChatEvent): String? = when (event) {
        is ChatEvent.Text -> event.text
        is ChatEvent.Reasoning -> event.reasoning
        is ChatEvent.Refusal -> event.refusal
        is ChatEvent.ToolCallDelta -> event.arguments
        else -> null
    }

    /** The same event with [text], unmasked. */
    private fun said(event: ChatEvent, text: String): ChatEvent = when (event) {
        is ChatEvent.Reasoning -> ChatEvent.Reasoning(placeholders.unmask(text) { it })
        is ChatEvent.Refusal -> ChatEvent.Refusal(placeholders.unmask(text) { it })
        is ChatEvent.ToolCallDelta -> ChatEvent.ToolCallDelta(event.index, event.id, event.name, placeholders.unmask(text, ::inJson))
        else -> ChatEvent.Text(placeholders.unmask(text, write))
    }
}
