package dev.tandem.tool

import dev.tandem.error.ToolFailedException
import dev.tandem.model.Message
import dev.tandem.model.ToolCall

/** What has become of a tool call: what the model gets to read, why that is no result, and whether the call ends with it. */
internal class Outcome(
    private val call: ToolCall,
    val result: String,
    val error: Throwable? = null,
    val ending: ToolFailedException? = null,
) {
    val message: Message get() = Message.tool(call.id, result)
}
