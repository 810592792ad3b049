@file:JvmName("-Content")

package dev.tandem.opentelemetry

import dev.tandem.error.AiException
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Request
import dev.tandem.model.Role
import dev.tandem.model.ToolDefinition
import io.opentelemetry.api.trace.Span
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** What [request] says, in the shape of the conventions. */
internal fun recordRequest(span: Span, request: Request) {
    if (request !is ChatRequest || !span.isRecording) return
    span.setAttribute(GenAi.INPUT_MESSAGES, JsonArray(request.messages.map { messageOf(it, null) }).toString())
    val tools = request.options.tools
    if (tools.isNotEmpty()) span.setAttribute(GenAi.TOOL_DEFINITIONS, JsonArray(tools.map(::toolOf)).toString())
}

internal fun recordAnswer(span: Span, answer: Any?) {
    if (answer !is ChatResponse || !span.isRecording) return
    val messages = (listOf(answer) + answer.alternatives).map { messageOf(it.message, reasonOf(it.finishReason)) }
    span.setAttribute(GenAi.OUTPUT_MESSAGES, JsonArray(messages).toString())
}

/** As much of the answer as had arrived. */
internal fun recordPart(span: Span, error: Throwable) {
    val partial = (error as? AiException)?.partial ?: return
    if (span.isRecording) span.setAttribute(GenAi.OUTPUT_MESSAGES, JsonArray(listOf(messageOf(partial.message, "error"))).toString())
}

private fun messageOf(message: Message, finishReason: String?): JsonElement = buildJsonObject {
    put("role", message.role.name.lowercase())
    put("parts", JsonArray(if (message.role == Role.TOOL) listOf(resultOf(message)) else partsOf(message)))
    if (finishReason != null) put("finish_reason", finishReason)
}

private fun partsOf(message: Message): List<JsonElement> = buildList {
    if (message.reasoning.isNotEmpty()) add(textOf("reasoning", message.reasoning))
    message.parts.mapTo(this) { part ->
        when (part) {
            is Part.Text -> textOf("text", part.text)
            is Part.Image -> mediaOf("image", part.url)
            is Part.Audio -> mediaOf("audio", part.url)
            is Part.File -> fileOf(part)
        }
    }
    message.toolCalls.mapTo(this) { call ->
        buildJsonObject {
            put("type", "tool_call")
            put("id", call.id)
            put("name", call.name)
            put("arguments", parsed(call.arguments))
        }
    }
}

private fun textOf(type: String, text: String) = buildJsonObject {
    put("type", type)
    put("content", text)
}

private fun fileOf(file: Part.File): JsonObject {
    val url = file.url ?: return buildJsonObject {
        put("type", "file")
        put("modality", "document")
        put("file_id", file.id)
    }
    return mediaOf("document", url)
}

/** The bytes stay out: they are too much for a span. */
private fun mediaOf(modality: String, url: String): JsonObject = buildJsonObject {
    val isInline = url.startsWith("data:")
    put("type", if (isInline) modality else "uri")
    put("modality", modality)
    if (isInline) put("mime_type", url.substring(DATA.length).takeWhile { it != ';' && it != ',' }) else put("uri", url)
}

private fun resultOf(message: Message) = buildJsonObject {
    put("type", "tool_call_response")
    message.toolCallId?.let { put("id", it) }
    put("response", message.text)
}

private fun toolOf(tool: ToolDefinition): JsonElement = buildJsonObject {
    put("type", "function")
    put("name", tool.name)
    put("description", tool.description)
    put("parameters", tool.parameters)
}

/** What a model writes is JSON most of the time. */
private fun parsed(arguments: String): JsonElement =
    runCatching { Json.parseToJsonElement(arguments) }.getOrElse { JsonPrimitive(arguments) }

private const val DATA = "data:"
