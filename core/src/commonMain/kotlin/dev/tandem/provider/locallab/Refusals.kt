@file:JvmName("-Refusals")

package dev.tandem.provider.locallab

import dev.tandem.error.ErrorDetails
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import kotlin.jvm.JvmName

/** The server passes over what it does not know, and the answer would be to another question. */
internal fun ChatRequest.refuseUnknown() {
    options.refuseUnknown()
    val hasTools = messages.any { it.role == Role.TOOL || it.toolCalls.isNotEmpty() }
    if (hasTools) throw notSupported("messages with tool calls or their results", "put what they say into a message of the user")
    val image = messages.flatMap { it.parts }.firstOrNull { it !is Part.Text }
    if (image != null) throw notSupported("$image", "describe it, or ask a provider whose models see")
}

internal fun Options.refuseUnknown() {
    val unknown = listOfNotNull(
        tools.ifEmpty { null }?.let { "tools ${tools.map { tool -> tool.name }}" },
        stop.ifEmpty { null }?.let { "stop $it" },
        seed?.let { "seed $it" },
        frequencyPenalty?.let { "frequencyPenalty $it" },
        presencePenalty?.let { "presencePenalty $it" },
        responseFormat?.takeIf { it != ResponseFormat.TEXT }?.let { "responseFormat $it" },
        reasoning?.takeIf { it.effort != Reasoning.Effort.NONE }?.let { "reasoning $it" },
    )
    if (unknown.isNotEmpty()) throw notSupported(unknown.joinToString(), "leave it out, or ask a provider that has it")
}

internal fun notSupported(what: String, remedy: String) = NotSupportedException(
    "${LocalLab.NAME} does not know $what: $remedy",
    ErrorDetails.builder().provider(LocalLab.NAME).build(),
)
