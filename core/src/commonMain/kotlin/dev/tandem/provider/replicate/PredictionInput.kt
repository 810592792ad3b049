@file:JvmName("-PredictionInput")

package dev.tandem.provider.replicate

import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.Reasoning.Effort
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.provider.http.notSupported
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The input of the model. What the user named in `extra` has the last word. */
internal fun inputOf(request: ChatRequest, provider: String): JsonObject = buildJsonObject {
    refuseUnknown(request, provider)
    val (system, turns) = request.messages.partition { it.role == Role.SYSTEM }
    put("prompt", promptOf(turns))
    if (system.isNotEmpty()) put("system_prompt", system.joinToString("\n\n") { it.text })
    imageOf(turns, provider)?.let { put("image", it.url) }
    sampling(request.options)
    request.options.extra.forEach { (name, value) -> put(name, value) }
}

private fun JsonObjectBuilder.sampling(options: Options) {
    options.maxTokens?.let { put("max_tokens", it) }
    options.temperature?.let { put("temperature", it) }
    options.topP?.let { put("top_p", it) }
    options.topK?.let { put("top_k", it) }
    options.seed?.let { put("seed", it) }
    options.frequencyPenalty?.let { put("frequency_penalty", it) }
    options.presencePenalty?.let { put("presence_penalty", it) }
    if (options.stop.isNotEmpty()) put("stop_sequences", options.stop.joinToString(","))
    options.reasoning?.let { put("reasoning_effort", if (it.effort == Effort.NONE) "minimal" else it.effort.name.lowercase()) }
}

/** One question is the prompt as it stands; of a conversation each turn says whose it is, and the model's is the last. */
private fun promptOf(turns: List<Message>): String = turns.singleOrNull()?.takeIf { it.role == Role.USER }?.text
    ?: turns.joinToString("\n\n", postfix = "\n\nAssistant:") { "${if (it.role == Role.USER) "User" else "Assistant"}: ${it.text}" }

private fun imageOf(turns: List<Message>, provider: String): Part.Image? {
    turns.flatMap { it.parts }.firstOrNull { it is Part.Audio || it is Part.File }?.let {
        throw notSupported(provider, "$it is not taken: send what it says as Part.Text, or name the model's own field in extra(…)")
    }
    val images = turns.flatMap { it.parts }.filterIsInstance<Part.Image>()
    if (images.size >
        1
    ) {
        throw notSupported(provider, "it takes one image, not ${images.size}: send one, or name the model's own field in extra(…)")
    }
    return images.firstOrNull()
}

private fun refuseUnknown(request: ChatRequest, provider: String) {
    val options = request.options
    when {
        options.tools.isNotEmpty() -> {
            throw notSupported(provider, "it takes no tools (${options.tools.first().name}): leave them out, or ask another provider")
        }

        request.messages.any { it.role == Role.TOOL || it.toolCalls.isNotEmpty() } -> {
            throw notSupported(provider, "it takes no tool calls and results: leave those messages out")
        }

        options.responseFormat != null && options.responseFormat != ResponseFormat.TEXT -> {
            throw notSupported(
                provider,
                "it takes no response format (${options.responseFormat}): ask for it in the prompt, or name the model's own field in extra(…)",
            )
        }
    }
}
