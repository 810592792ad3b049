@file:JvmName("-Checks")

package dev.tandem.llama

import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice

internal const val NAME = "llama"

internal val LLAMA_DETAILS: ErrorDetails = ErrorDetails.builder().provider(NAME).build()

/** Refuses what no model here does, before anything is loaded. */
internal fun ChatRequest.check(model: String) {
    val asked = options.model
    if (asked != null && asked != model) throw ModelNotFoundException("llama: this client runs '$model', not '$asked'", LLAMA_DETAILS)
    val media = messages.flatMap { it.parts }.filterNot { it is Part.Text }
    refuse(media.any { it is Part.Image }, "images")
    refuse(media.isNotEmpty(), "${media.firstOrNull()}")
    refuse(options.extra.isNotEmpty(), "the extra fields ${options.extra.keys}")
    val choice = options.toolChoice
    refuse(choice === ToolChoice.REQUIRED || choice is ToolChoice.Named, "the tool choice $choice")
    val isFree = options.responseFormat == null || options.responseFormat === ResponseFormat.TEXT
    refuse(!isFree && options.tools.isNotEmpty(), "a response format together with tools")
    // Said now rather than after the model was loaded.
    grammarOf(options.responseFormat)
}

/** Refuses tools where the model has no way to ask for one. */
internal fun ChatRequest.check(template: Template): Unit =
    refuse(template.toolMarker == null && options.tools.isNotEmpty() && options.toolChoice !== ToolChoice.NONE, "a tool with this model")

private fun refuse(condition: Boolean, what: String) {
    if (condition) throw notSupported(what)
}

internal fun notSupported(what: String): AiException = NotSupportedException("llama: $what cannot be used", LLAMA_DETAILS)
