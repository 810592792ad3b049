@file:JvmName("-ChatBody")

package dev.tandem.provider.openai

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
import dev.tandem.provider.json.functionOf
import dev.tandem.provider.openai.responses.flatFormatOf
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The JSON of a chat request. What the user named in `extra` has the last word. */
internal fun chatBody(request: ChatRequest, dialect: OpenAiDialect, isStream: Boolean): JsonObject = buildJsonObject {
    val options = request.options
    put("model", options.model)
    put("messages", JsonArray(request.messages.map { messageOf(it, dialect) }))
    if (isStream) {
        put("stream", true)
        if (dialect.hasStreamOptions) put("stream_options", buildJsonObject { put("include_usage", true) })
    }
    sampling(options, dialect)
    options.reasoning?.let { reasoning(it, dialect.reasoningField) }
    tools(options)
    options.responseFormat?.let { put("response_format", formatOf(it, dialect)) }
    options.user?.let { put("user", it) }
    if (options.metadata.isNotEmpty()) put("metadata", JsonObject(options.metadata.mapValues { JsonPrimitive(it.value) }))
    options.extra.forEach { (name, value) -> put(name, value) }
}

internal fun embeddingBody(request: EmbeddingRequest, dialect: OpenAiDialect): JsonObject = buildJsonObject {
    put("model", request.options.model)
    put("input", JsonArray(request.inputs.map(::JsonPrimitive)))
    request.dimensions?.let { put("dimensions", it) }
    if (dialect.embedsAsOpenAi) put("encoding_format", "base64")
    request.options.user?.let { put("user", it) }
    request.options.extra.forEach { (name, value) -> put(name, value) }
}

private fun JsonObjectBuilder.sampling(options: Options, dialect: OpenAiDialect) {
    options.temperature?.let { put("temperature", it) }
    options.topP?.let { put("top_p", it) }
    // Not OpenAI's own; most servers that speak its wire know it.
    options.topK?.let { put("top_k", it) }
    options.maxTokens?.let { put(dialect.maxTokensField, it) }
    options.seed?.let { put(dialect.seedField, it) }
    options.frequencyPenalty?.let { put("frequency_penalty", it) }
    options.presencePenalty?.let { put("presence_penalty", it) }
    if (options.stop.isNotEmpty()) put("stop", JsonArray(options.stop.map(::JsonPrimitive)))
}

private fun JsonObjectBuilder.reasoning(reasoning: Reasoning, field: ReasoningField) {
    val effort = reasoning.effort.name.lowercase()
    when (field) {
        ReasoningField.EFFORT -> {
            put("reasoning_effort", effort)
        }

        ReasoningField.OBJECT -> {
            put(
                "reasoning",
                // One or the other, never both.
                buildJsonObject { if (reasoning.maxTokens != null) put("max_tokens", reasoning.maxTokens) else put("effort", effort) },
            )
        }

        ReasoningField.THINKING, ReasoningField.THINKING_EFFORT -> {
            val thinks = reasoning.effort != Effort.NONE
            put("thinking", buildJsonObject { put("type", if (thinks) "enabled" else "disabled") })
            if (thinks && field == ReasoningField.THINKING_EFFORT) put("reasoning_effort", effort)
        }
    }
}

private fun JsonObjectBuilder.tools(options: Options) {
    if (options.tools.isEmpty()) return
    put("tools", JsonArray(options.tools.map(::functionOf)))
    options.toolChoice?.let { put("tool_choice", choiceOf(it)) }
}

private fun messageOf(message: Message, dialect: OpenAiDialect): JsonObject = buildJsonObject {
    val state = message.stateFor(dialect.owner)
    put("role", ROLES.getValue(message.role))
    put("content", contentOf(message, dialect.name))
    message.toolCallId?.let { put("tool_call_id", it) }
    if (message.toolCalls.isNotEmpty()) {
        put(
            "tool_calls",
            JsonArray(message.toolCalls.map { callOf(it, ReturnedState.extraOf(state, it.id)) }),
        )
    }
    ReturnedState.fieldsOf(state).forEach { (name, value) -> put(name, value) }
}

/** Plain text stays plain: not every server takes a list of parts. Null is taken beside tool calls only. */
private fun contentOf(message: Message, provider: String): JsonElement = when {
    message.parts.isEmpty() && message.toolCalls.isNotEmpty() -> JsonNull
    message.parts.all { it is Part.Text } -> JsonPrimitive(message.text)
    else -> JsonArray(message.parts.map { partOf(it, provider) })
}

private fun callOf(call: ToolCall, extra: JsonElement?): JsonObject = buildJsonObject {
    extra?.let { put("extra_content", it) }
    put("id", call.id)
    put("type", "function")
    put(
        "function",
        buildJsonObject {
            put("name", call.name)
            put("arguments", call.arguments)
        },
    )
}

private fun choiceOf(choice: ToolChoice): JsonElement = when (choice) {
    ToolChoice.REQUIRED -> {
        JsonPrimitive("required")
    }

    ToolChoice.NONE -> {
        JsonPrimitive("none")
    }

    is ToolChoice.Named -> {
        buildJsonObject {
            put("type", "function")
            put("function", buildJsonObject { put("name", choice.name) })
        }
    }

    else -> {
        JsonPrimitive("auto")
    }
}

private fun formatOf(format: ResponseFormat, dialect: OpenAiDialect): JsonObject {
    val flat = flatFormatOf(format, dialect.schemas)
    if (format !is ResponseFormat.JsonSchema) return flat
    return JsonObject(mapOf("type" to JsonPrimitive("json_schema"), "json_schema" to JsonObject(flat - "type")))
}

private val ROLES = mapOf(Role.SYSTEM to "system", Role.USER to "user", Role.ASSISTANT to "assistant", Role.TOOL to "tool")
