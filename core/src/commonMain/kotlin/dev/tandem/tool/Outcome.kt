package dev.tandem.tool

import dev.tandem.error.ToolFailedException
import dev.tandem.model.Message
import dev.tandem.model.ToolCall

/** What has become of a tool call: what the model gets to read, why that is no result, and whether the call ends with it. */
internal class Outcome(val result: String, val error: Throwable? = null, val ending: ToolFailedException? = null) {
    companion object {
        const val GIVEN_UP = "it was given up, since the call has ended"
    }
}

/** What has become of [calls] so far. */
internal class Results(val calls: List<ToolCall>) {
    val outcomes = arrayOfNulls<Outcome>(calls.size)

    val ending: ToolFailedException? get() = outcomes.firstNotNullOfOrNull { it?.ending }

    /** In the order of the calls, one for each. */
    val messages: List<Message> get() = calls.mapIndexed { i, call -> Message.tool(call.id, outcomes[i]?.result ?: Outcome.GIVEN_UP) }
}
