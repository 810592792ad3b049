package dev.tandem.provider

import dev.tandem.error.ConnectionLostException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ProviderState
import dev.tandem.model.Usage
import kotlin.jvm.JvmSynthetic

/**
 * Puts the pieces of an answer together, whoever sends them. A provider hands each piece in, passes on the event it gets
 * back, and says [end] when its terminal marker has come; without that the answer is never [complete].
 */
public class StreamedAnswer(private val details: ErrorDetails) {
    private val text = Pieces()
    private val reasoning = Pieces()
    private val calls = PendingCalls()
    private var usage = Usage.NONE
    private var finish: FinishReason? = null
    private var state: ProviderState? = null
    private var hasEnded = false
    private val metadata = linkedMapOf<String, String>()
    private val others = mutableMapOf<Int, StreamedAnswer>()
    private var id = ""
    private var model = ""

    /** Whether anything at all has come, an end marker aside. */
    private var isEmpty = true

    /** What the answer and its model are called; null and "" leave what was said before. */
    public fun head(id: String?, model: String?) {
        isEmpty = false
        if (!id.isNullOrEmpty()) this.id = id
        if (!model.isNullOrEmpty()) this.model = model
    }

    /** Something else that came with it. Replaces what was said under the same [name]. */
    public fun metadata(name: String, value: String) {
        metadata[name] = value
    }

    /** Null for an empty piece: many providers begin with one. */
    public fun text(piece: String): ChatEvent? {
        isEmpty = false
        if (piece.isEmpty()) return null
        text.add(piece)
        return ChatEvent.Text(piece)
    }

    /** A piece of what the model thinks. Null for an empty piece. */
    public fun reasoning(piece: String): ChatEvent? {
        isEmpty = false
        if (piece.isEmpty()) return null
        reasoning.add(piece)
        return ChatEvent.Reasoning(piece)
    }

    /** A piece of what the model says instead of an answer. The whole is in the answer's metadata, as `refusal`. */
    public fun refusal(piece: String): ChatEvent? {
        isEmpty = false
        if (piece.isEmpty()) return null
        metadata[REFUSAL] = metadata[REFUSAL].orEmpty() + piece
        return ChatEvent.Refusal(piece)
    }

    /** A piece of the call that the provider counts as [slot]. A new [id] in a slot begins a new call there. */
    public fun toolCall(slot: Int, id: String, name: String, arguments: String): ChatEvent {
        isEmpty = false
        return calls.add(slot, id, name, arguments)
    }

    /** Replaces what was said before: providers count on, they do not add up. */
    public fun usage(usage: Usage): ChatEvent {
        isEmpty = false
        this.usage = usage
        return ChatEvent.UsageUpdate(usage)
    }

    /** What the provider wants to see again in the next turn. Replaces what was said before. */
    public fun state(state: ProviderState?) {
        this.state = state
    }

    /** Why the model stopped. Replaces what was said before. */
    public fun finish(reason: FinishReason) {
        isEmpty = false
        finish = reason
    }

    /** The answer with this [index] where several were asked for; 0 is this one. */
    public fun choice(index: Int): StreamedAnswer = if (index == 0) this else others.getOrPut(index) { StreamedAnswer(details) }

    /** The terminal marker has come. */
    public fun end() {
        hasEnded = true
    }

    /** As much of the answer as has come by now. */
    public fun partial(): ChatResponse = response(finish ?: FinishReason.UNKNOWN)

    /** The whole answer, or the exception that says it is not whole. */
    public fun complete(): ChatResponse {
        if (!hasEnded) throw incomplete(null)
        if (isEmpty &&
            others.isEmpty()
        ) {
            throw EmptyResponseException("${details.provider}: the stream came to its end without an answer", details)
        }
        val reason = finish ?: FinishReason.UNKNOWN
        // Some providers say "stop" whether the model is done or waits for its tools.
        return response(if (reason.kind == FinishReason.Kind.STOP && calls.isNotEmpty) FinishReason.TOOL_CALLS else reason)
    }

    /** The stream broke off. */
    public fun incomplete(cause: Throwable?): IncompleteStreamException {
        val why = cause?.message?.let { ": $it" } ?: " and without its end marker"
        return IncompleteStreamException(
            "${details.provider ?: "the provider"}: the stream ended after ${text.length} characters of text$why",
            details.withPartial(partial()),
            cause,
        )
    }

    /** Runs [read], and says what had arrived when the connection breaks, falls silent or goes mad meanwhile. */
    @JvmSynthetic
    internal inline fun <T> whole(read: () -> T): T = try {
        read()
    } catch (e: ConnectionLostException) {
        throw incomplete(e)
    } catch (e: MalformedResponseException) {
        throw MalformedResponseException(e.message.orEmpty(), e.details.withPartial(partial()), e.cause)
    } catch (e: TimeLimitException) {
        throw TimeLimitException(e.message.orEmpty(), e.timer, e.limit, e.details.withPartial(partial()), e.cause)
    }

    private fun response(reason: FinishReason): ChatResponse {
        val message = Message.assistant(text.toString(), calls.toToolCalls(), reasoning.toString()).withProviderState(state)
        val response = ChatResponse
            .builder(message)
            .id(id)
            .model(model)
            .finishReason(reason)
            .usage(usage)
            .rateLimits(details.rateLimits)
        details.requestId?.let { response.metadata("requestId", it) }
        metadata.forEach { (name, value) -> response.metadata(name, value) }
        others.keys.sorted().forEach { response.alternative(others.getValue(it).partial()) }
        return response.build()
    }

    private companion object {
        const val REFUSAL = "refusal"
    }

    /** Text that may well come whole: then it is not copied. */
    private class Pieces {
        private var first = ""
        private var all: StringBuilder? = null

        val length: Int get() = all?.length ?: first.length

        fun add(piece: String) {
            if (first.isEmpty()) first = piece else (all ?: StringBuilder(first).also { all = it }).append(piece)
        }

        override fun toString(): String = all?.toString() ?: first
    }
}
