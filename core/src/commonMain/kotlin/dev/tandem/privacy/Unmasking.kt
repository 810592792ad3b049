package dev.tandem.privacy

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse

/** One answer on its way up. Of a stream, it holds back what may be the beginning of a placeholder. */
internal class Unmasking(private val placeholders: Placeholders, isJson: Boolean) {
    private val write: (String) -> String = { if (isJson) inJson(it) else it }

    /** What is held back of each text under way, and the event it came with. Calls of tools may come side by side. */
    private val held = linkedMapOf<Int, Pair<String, ChatEvent>>()

    fun whole(response: ChatResponse): ChatResponse = if (placeholders.isEmpty) {
        response
    } else {
        response.mapTexts({ placeholders.unmask(it, write) }) { arguments -> placeholders.unmask(arguments, ::inJson) }
    }

    fun hear(event: ChatEvent): List<ChatEvent> {
        if (placeholders.isEmpty || event is ChatEvent.UsageUpdate || event is ChatEvent.Raw) return listOf(event)
        val piece = pieceOf(event)
        val before = if (piece == null || held.values.any { it.second::class != event::class }) letGo() else emptyList()
        if (piece == null) return before + if (event is ChatEvent.Completed) ChatEvent.Completed(whole(event.response)) else event
        val place = (event as? ChatEvent.ToolCallDelta)?.index ?: 0
        val text = held.remove(place)?.first.orEmpty() + piece
        val from = Placeholders.BEGINNING
            .find(text)
            ?.range
            ?.first ?: text.length
        if (from < text.length) held[place] = text.substring(from) to event
        return if (from == 0) before else before + said(event, text.substring(0, from))
    }

    /** They were no placeholders after all. */
    private fun letGo(): List<ChatEvent> = held.values.map { (text, event) -> said(event, text) }.also { held.clear() }

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
