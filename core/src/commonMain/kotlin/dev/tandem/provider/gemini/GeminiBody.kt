@file:JvmName("-GeminiBody")

package dev.tandem.provider.gemini

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Options
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.provider.json.extendedBy
import dev.tandem.schema.Dialect
import io.ktor.http.encodeURLPathPart
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** `models/…`, or another collection where the name says so, such as `tunedModels/…`. */
internal fun modelPath(options: Options): String {
    val model = options.model.orEmpty()
    val segments = if ('/' in model) model.split('/') else listOf("models", model)
    require(segments.none { it.isEmpty() || it == "." || it == ".." }) { "model must be a name or a path of names, but is '$model'" }
    return segments.joinToString("/") { it.encodeURLPathPart() }
}

/** The JSON of a chat request. What the user named in `extra` has the last word. */
internal fun geminiBody(request: ChatRequest): JsonObject = buildJsonObject {
    val options = request.options
    val system = request.messages.filter { it.role == Role.SYSTEM }.flatMap(::saidIn)
    if (system.isNotEmpty()) put("systemInstruction", buildJsonObject { put("parts", JsonArray(system)) })
    put("contents", contentsOf(request))
    val config = configOf(options)
    if (config.isNotEmpty()) put("generationConfig", config)
    tools(options)
}.extendedBy(request.options.extra)

internal fun embeddingBody(request: EmbeddingRequest): JsonObject = buildJsonObject {
    val requests = request.inputs.map { text ->
        buildJsonObject {
            put("model", modelPath(request.options))
            put("content", buildJsonObject { put("parts", JsonArray(listOf(textPart(text)))) })
            request.dimensions?.let { put("outputDimensionality", it) }
        }.extendedBy(request.options.extra)
    }
    put("requests", JsonArray(requests))
}

private fun configOf(options: Options): JsonObject = buildJsonObject {
    options.temperature?.let { put("temperature", it) }
    options.topP?.let { put("topP", it) }
    options.topK?.let { put("topK", it) }
    options.maxTokens?.let { put("maxOutputTokens", it) }
    options.seed?.let { put("seed", it) }
    options.presencePenalty?.let { put("presencePenalty", it) }
    options.frequencyPenalty?.let { put("frequencyPenalty", it) }
    if (options.stop.isNotEmpty()) put("stopSequences", JsonArray(options.stop.map(::JsonPrimitive)))
    options.responseFormat?.let { answerFormat(it) }
    options.reasoning?.let { put("thinkingConfig", thinkingOf(it, options.model.orEmpty())) }
}

private fun JsonObjectBuilder.answerFormat(format: ResponseFormat) {
    if (format == ResponseFormat.TEXT) return
    put("responseMimeType", "application/json")
    // The older responseSchema takes only a part of JSON Schema, and refuses the rest.
    if (format is ResponseFormat.JsonSchema) put("responseJsonSchema", Dialect.GEMINI.of(format.schema) ?: format.schema)
}

private fun JsonObjectBuilder.tools(options: Options) {
    if (options.tools.isEmpty()) return
    put("tools", JsonArray(listOf(buildJsonObject { put("functionDeclarations", JsonArray(options.tools.map(::declarationOf))) })))
    options.toolChoice?.let { put("toolConfig", buildJsonObject { put("functionCallingConfig", choiceOf(it)) }) }
}

private fun declarationOf(tool: ToolDefinition): JsonObject = buildJsonObject {
    put("name", tool.name)
    put("description", tool.description)
    // An object without properties is refused; a function without arguments has no schema at all.
    val hasParameters = (tool.parameters["properties"] as? JsonObject)?.isEmpty() != true
    if (hasParameters) put("parametersJsonSchema", Dialect.GEMINI.of(tool.parameters) ?: tool.parameters)
}

private fun choiceOf(choice: ToolChoice): JsonObject = buildJsonObject {
    when (choice) {
        ToolChoice.REQUIRED -> {
            put("mode", "ANY")
        }

        ToolChoice.NONE -> {
            put("mode", "NONE")
        }

        is ToolChoice.Named -> {
            put("mode", "ANY")
            put("allowedFunctionNames", JsonArray(listOf(JsonPrimitive(choice.name))))
        }

        else -> {
            put("mode", "AUTO")
        }
    }
}
