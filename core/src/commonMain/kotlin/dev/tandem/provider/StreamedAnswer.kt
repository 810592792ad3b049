package dev.tandem.provider

import dev.tandem.error.ConnectionLostException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import kotlin.jvm.JvmSynthetic

/**
 * Puts the pieces of an answer together, whoever sends them. A provider hands each piece in, passes on the event it gets
 * back, and says [end] when its terminal marker has come; without that the answer is never [complete].
 */
public class StreamedAnswer(private val details: ErrorDetails) {
    private val text = StringBuilder()
    private val reasoning = StringBuilder()
    private val calls = mutableListOf<PendingCall>()
    private var usage = Usage.NONE
    private var finish: FinishReason? = null
    private var hasEnded = false
    private val metadata = linkedMapOf<String, String>()
    private var id = ""
    private var model = ""

    public fun head(id: String?, model: String?) {
        if (!id.isNullOrEmpty()) this.id = id
        if (!model.isNullOrEmpty()) this.model = model
    }

    public fun metadata(name: String, value: String) {
        metadata[name] = value
    }

    /** Null for an empty piece: many providers begin with one. */
    public fun text(piece: String): ChatEvent? {
        if (piece.isEmpty()) return null
        text.append(piece)
        return ChatEvent.Text(piece)
    }

    public fun reasoning(piece: String): ChatEvent? {
        if (piece.isEmpty()) return null
        reasoning.append(piece)
        return ChatEvent.Reasoning(piece)
    }

    /** A piece of the call that the provider counts as [slot]. A new [id] in a slot begins a new call there. */
    public fun toolCall(slot: Int, id: String, name: String, arguments: String): ChatEvent {
        val known = calls.lastOrNull { it.slot == slot }
        val call = if (known == null || known.isAnother(id)) PendingCall(slot, id, calls.size).also { calls += it } else known
        if (call.name.isEmpty()) call.name = name
        call.arguments.append(arguments)
        return ChatEvent.ToolCallDelta(call.index, call.id, call.name, arguments)
    }

    /** Replaces what was said before: providers count on, they do not add up. */
    public fun usage(usage: Usage): ChatEvent {
        this.usage = usage
        return ChatEvent.UsageUpdate(usage)
    }

    public fun finish(reason: FinishReason) {
        finish = reason
    }

    /** The terminal marker has come. */
    public fun end() {
        hasEnded = true
    }

    public fun partial(): ChatResponse = response(finish ?: FinishReason.UNKNOWN)

    /** The whole answer, or the exception that says it is not whole. */
    public fun complete(): ChatResponse {
        if (!hasEnded) throw incomplete(null)
        val reason = finish ?: FinishReason.UNKNOWN
        // Some providers say "stop" whether the model is done or waits for its tools.
        return response(if (reason.kind == FinishReason.Kind.STOP && calls.isNotEmpty()) FinishReason.TOOL_CALLS else reason)
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

    /** Runs [read], and turns a connection that breaks meanwhile into [incomplete]. */
    @JvmSynthetic
    internal inline fun <T> whole(read: () -> T): T = try {
        read()
    } catch (e: ConnectionLostException) {
        throw incomplete(e)
    } catch (e: TimeLimitException) {
        throw incomplete(e)
    }

    private fun response(reason: FinishReason): ChatResponse {
        val message = Message.assistant(text.toString(), calls.map(PendingCall::toToolCall), reasoning.toString())
        val response = ChatResponse
            .builder(message)
            .id(id)
            .model(model)
            .finishReason(reason)
            .usage(usage)
        details.requestId?.let { response.metadata("requestId", it) }
        metadata.forEach { (name, value) -> response.metadata(name, value) }
        return response.build()
    }

    private class PendingCall(val slot: Int, wireId: String, val index: Int) {
        val id = wireId.ifEmpty { "call_$index" }
        var name = ""
        val arguments = StringBuilder()

        fun isAnother(wireId: String) = wireId.isNotEmpty() && wireId != id

        fun toToolCall() = ToolCall(id, name, arguments.toString().ifEmpty { "{}" })
    }
}
