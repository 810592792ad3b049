package dev.tandem.pipeline

import dev.tandem.error.AiException
import dev.tandem.error.StructuredOutputException
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Usage

/** How far a call has come that asks several times for one answer: nothing of it is lost when it fails. */
internal class Progress {
    /** What tools were asked and have said. */
    var steps: List<Message> = emptyList()
    var paid: Usage = Usage.NONE

    /** [failure], from which one can go on where the call has come to. */
    fun keptIn(failure: AiException): AiException {
        // It tells all of it itself.
        if (failure is StructuredOutputException) return failure
        return before(failure.partial)?.let(failure::withPartial) ?: failure
    }

    /** [partial] behind what was there before it. */
    fun before(partial: ChatResponse?): ChatResponse? {
        if (steps.isEmpty() && paid == Usage.NONE) return partial
        val last = partial ?: ChatResponse.builder(Message.assistant("", emptyList(), "")).build()
        return last.inConversation(steps, paid + last.usage, isCached = false)
    }
}
