@file:JvmName("-CacheKey")

package dev.tandem.cache

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import dev.tandem.pipeline.AddressedTarget
import dev.tandem.pipeline.Call
import kotlin.jvm.JvmName

/** The same for calls that ask the same of the same, and for no others; null for calls whose answers are not kept. */
internal fun keyOf(call: Call<*>): String? {
    val name = call.target.name
    val addressed = call.target as? AddressedTarget
    val owner = addressed?.stateOwner ?: name
    val key = KeyText()
        .add(call.operation)
        .add(name)
        .add(addressed?.identity)
        .add(owner)
    when (val request = call.request) {
        is ChatRequest -> key.all(request.messages) { message(it, owner) }
        is EmbeddingRequest -> key.all(request.inputs) { add(it) }.add(request.dimensions)
        else -> return null
    }
    return key.options(call.request.options).digest()
}

private fun KeyText.message(message: Message, owner: String) {
    add(message.role).all(message.parts) { part(it) }
    all(message.toolCalls) { add(it.id).add(it.name).add(it.arguments) }
    add(message.toolCallId).add(message.stateFor(owner))
}

private fun KeyText.part(part: Part) = when (part) {
    is Part.Text -> add("text").add(part.text)
    is Part.Image -> add("image").add(part.url)
    is Part.Audio -> add("audio").add(part.url)
    is Part.File -> add("file").add(part.name).add(part.url).add(part.id)
}

/** All but how the call is made: its timers, and what it is called in our own books. */
private fun KeyText.options(options: Options): KeyText {
    add(options.model)
        .add(options.maxTokens)
        .add(options.temperature)
        .add(options.topP)
        .add(options.topK)
        .add(options.seed)
    add(options.frequencyPenalty)
        .add(options.presencePenalty)
        .add(options.user)
        .add(options.reasoning)
        .add(options.toolChoice)
    all(options.stop) { add(it) }
    all(options.tools) { add(it.name).add(it.description).add(it.parameters) }
    formatted(options.responseFormat)
    all(options.headers.entries.sortedBy { it.key }) { (name, value) -> add(name.lowercase()).add(value) }
    return all(options.extra.entries.sortedBy { it.key }) { (name, value) -> add(name).add(value) }
}

private fun KeyText.formatted(format: ResponseFormat?) =
    if (format is ResponseFormat.JsonSchema) add("schema").add(format.name).add(format.schema) else add(format)
