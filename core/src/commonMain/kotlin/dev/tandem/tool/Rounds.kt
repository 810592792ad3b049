package dev.tandem.tool

import dev.tandem.error.ErrorDetails
import dev.tandem.error.ToolRoundsException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.model.ToolPolicy
import dev.tandem.pipeline.Progress
import dev.tandem.pipeline.Total

/** How far one call has come: what was said since the question, and what that has used. */
internal class Rounds(private val asked: ChatRequest, private val progress: Progress) {
    val policy: ToolPolicy = asked.options.toolPolicy ?: ToolPolicy.DEFAULT
    val tools: Map<String, Tool> = asked.options.tools
        .filterIsInstance<Tool>()
        .associateBy { it.name }

    /** Null where any name may be one: they were written as the provider wants them. */
    private val callersOwn = if (TOOLS in asked.options.extra) null else asked.options.tools.mapTo(mutableSetOf()) { it.name } - tools.keys
    private val stepsBefore = progress.steps
    private val paidBefore = progress.paid
    private val steps = mutableListOf<Message>()
    private val total = Total()

    /** How many answers have asked for more. */
    var count = 0
        private set

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
        if (answer.finishReason.raw != PAUSED && (calls.isEmpty() || calls.any(::isCallers))) return false
        if (count++ == policy.maxRounds) {
            throw ToolRoundsException(
                "the model has asked for tools ${policy.maxRounds} times, and wants more (${calls.map { it.name }}): raise maxRounds of " +
                    "toolPolicy, or look at why it does not come to an end",
                ErrorDetails.builder().partial(answer).build(),
            )
        }
        return true
    }

    private fun isCallers(call: ToolCall) = if (callersOwn == null) call.name !in tools else call.name in callersOwn

    fun add(answer: ChatResponse, results: List<Message>) {
        steps += answer.message
        steps += results
        progress.steps = stepsBefore + steps
        progress.paid = paidBefore + total.paid
    }

    fun whole(answer: ChatResponse): ChatResponse = answer.inConversation(steps, total.usage, total.isCached)

    /** Tokens so far are those of all rounds. */
    @Suppress("UNCHECKED_CAST")
    fun <T> inAll(item: T): T = if (item is ChatEvent.UsageUpdate) ChatEvent.UsageUpdate(total.paid + item.usage) as T else item

    companion object {
        /** In the extra fields of a request: those that the provider runs itself, or knows more of than [ToolDefinition] says. */
        const val TOOLS = "tools"

        /** Anthropic's word for a long turn that is to be taken up again. */
        private const val PAUSED = "pause_turn"
    }
}
