@file:JvmName("-OllamaBody")

package dev.tandem.provider.ollama

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.Reasoning
import dev.tandem.model.Reasoning.Effort
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolChoice
import dev.tandem.provider.http.notSupported
import dev.tandem.provider.json.DataUrl
import dev.tandem.provider.json.argumentsOf
import dev.tandem.provider.json.callAnsweredAt
import dev.tandem.provider.json.extendedBy
import dev.tandem.provider.json.functionOf
import dev.tandem.schema.Dialect
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The JSON of a chat request. What the user named in `extra` has the last word. */
internal fun ollamaBody(request: ChatRequest, isStream: Boolean): JsonObject = buildJsonObject {
    val options = request.options
    put("model", options.model)
    put("messages", JsonArray(request.messages.indices.map { messageOf(request.messages, it) }))
    // Without a word a stream is meant.
    put("stream", isStream)
    val settings = settingsOf(options)
    if (settings.isNotEmpty()) put("options", settings)
    formatOf(options.responseFormat)?.let { put("format", it) }
    options.reasoning?.let { put("think", thinkOf(it, options.model.orEmpty())) }
    tools(options)
}.extendedBy(request.options.extra)

internal fun embeddingBody(request: EmbeddingRequest): JsonObject = buildJsonObject {
    put("model", request.options.model)
    put("input", JsonArray(request.inputs.map(::JsonPrimitive)))
    request.dimensions?.let { put("dimensions", it) }
}.extendedBy(request.options.extra)

private fun settingsOf(options: Options): JsonObject = buildJsonObject {
    options.temperature?.let { put("temperature", it) }
    options.topP?.let { put("top_p", it) }
    options.topK?.let { put("top_k", it) }
    options.maxTokens?.let { put("num_predict", it) }
    options.seed?.let { put("seed", it) }
    options.frequencyPenalty?.let { put("frequency_penalty", it) }
    options.presencePenalty?.let { put("presence_penalty", it) }
    if (options.stop.isNotEmpty()) put("stop", JsonArray(options.stop.map(::JsonPrimitive)))
}

private fun formatOf(format: ResponseFormat?): JsonElement? = when (format) {
    null, ResponseFormat.TEXT -> null
    is ResponseFormat.JsonSchema -> Dialect.OLLAMA.of(format.schema) ?: format.schema
    else -> JsonPrimitive("json")
}

/** Most models can only be told to think or not to; gpt-oss always does, and is told how much. */
private fun thinkOf(reasoning: Reasoning, model: String): JsonPrimitive = when {
    reasoning.effort == Effort.NONE -> JsonPrimitive(false)
    "gpt-oss" in model -> JsonPrimitive(reasoning.effort.name.lowercase())
    else -> JsonPrimitive(true)
}

private fun JsonObjectBuilder.tools(options: Options) {
    when (options.toolChoice) {
        ToolChoice.NONE -> return
        null, ToolChoice.AUTO -> Unit
        else -> throw notSupported(Ollama.NAME, "tool choice ${options.toolChoice} is not taken: only AUTO and NONE are")
    }
    if (options.tools.isNotEmpty()) put("tools", JsonArray(options.tools.map(::functionOf)))
}

private fun messageOf(messages: List<Message>, index: Int): JsonObject = buildJsonObject {
    val message = messages[index]
    put("role", message.role.name.lowercase())
    put("content", message.text)
    (message.stateFor(Ollama.NAME) as? JsonObject)?.forEach { (name, value) -> put(name, value) }
    message.parts.firstOrNull { it is Part.Audio || it is Part.File }?.let {
        throw notSupported(Ollama.NAME, "$it is not taken: of media only images are; send what it says as Part.Text")
    }
    val images = message.parts.filterIsInstance<Part.Image>()
    if (images.isNotEmpty()) put("images", JsonArray(images.map(::imageOf)))
    if (message.toolCalls.isNotEmpty()) put("tool_calls", JsonArray(message.toolCalls.map(::callOf)))
    if (message.role == Role.TOOL) {
        // Older servers go by the name, newer ones by the id.
        put("tool_name", messages.callAnsweredAt(index).second.name)
        put("tool_call_id", message.toolCallId)
    }
}

private fun imageOf(image: Part.Image): JsonPrimitive = JsonPrimitive(
    DataUrl.of(image.url)?.base64
        ?: throw notSupported(
            Ollama.NAME,
            "$image is not taken: download it, and send it as an address that begins with data:, a type and ;base64",
        ),
)

private fun callOf(call: ToolCall): JsonObject = buildJsonObject {
    put("id", call.id)
    put(
        "function",
        buildJsonObject {
            put("name", call.name)
            put("arguments", argumentsOf(call.arguments))
        },
    )
}
