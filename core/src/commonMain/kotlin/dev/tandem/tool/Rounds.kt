package dev.tandem.tool

import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.ToolRoundsException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolPolicy
import dev.tandem.pipeline.Total

/** How far one call has come: what was said since the question, and what that has used. */
internal class Rounds(private val asked: ChatRequest) {
    val policy: ToolPolicy = asked.options.toolPolicy ?: ToolPolicy.DEFAULT
    val tools: Map<String, Tool> = asked.options.tools
        .filterIsInstance<Tool>()
        .associateBy { it.name }
    private val callersOwn = asked.options.tools.mapTo(mutableSetOf()) { it.name } - tools.keys
    private val steps = mutableListOf<Message>()
    private val total = Total()
    private var count = 0

    /** What to ask next. Whom a tool was wished from has had it: the same wish again would never end. */
    fun request(): ChatRequest {
        if (steps.isEmpty()) return asked
        val next = asked.newBuilder().messages(steps)
        if (asked.options.toolChoice != ToolChoice.NONE) next.toolChoice(ToolChoice.AUTO)
        return next.build()
    }

    /** Whether there is more to come, by the client's doing. */
    fun goOnAfter(answer: ChatResponse): Boolean {
        total.add(answer.usage, answer.isCached)
        val calls = answer.toolCalls
        if (answer.finishReason.raw != PAUSED && (calls.isEmpty() || calls.any { it.name in callersOwn })) return false
        if (count++ == policy.maxRounds) {
            throw ToolRoundsException(
                "the model has asked for tools ${policy.maxRounds} times, and wants more (${calls.map { it.name }}): raise maxRounds of " +
                    "toolPolicy, or look at why it does not come to an end",
                ErrorDetails.builder().partial(whole(answer)).build(),
            )
        }
        return true
    }

    fun add(answer: ChatResponse, results: List<Message>) {
        steps += answer.message
        steps += results
    }

    fun whole(answer: ChatResponse): ChatResponse = answer.inConversation(steps, total.usage, total.isCached)

    /** Tokens so far are those of all rounds. */
    @Suppress("UNCHECKED_CAST")
    fun <T> inAll(item: T): T = if (item is ChatEvent.UsageUpdate) ChatEvent.UsageUpdate(total.paid + item.usage) as T else item

    /** [failure], from which one can go on where it has come to. */
    fun keptIn(failure: AiException): AiException {
        if (steps.isEmpty()) return failure
        val partial = failure.partial ?: ChatResponse.builder(Message.assistant("", emptyList(), "")).build()
        return failure.withPartial(partial.inConversation(steps, total.paid + partial.usage, isCached = false))
    }

    inline fun <T> keptIfFailing(work: () -> T): T = try {
        work()
    } catch (e: AiException) {
        throw keptIn(e)
    }

    private companion object {
        /** Anthropic's word for a long turn that is to be taken up again. */
        const val PAUSED = "pause_turn"
    }
}
