@file:JvmName("-MessagesBody")

package dev.tandem.provider.anthropic

import dev.tandem.model.ChatRequest
import dev.tandem.model.Options
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.provider.http.notSupported
import dev.tandem.provider.json.extendedBy
import dev.tandem.schema.Dialect
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The JSON of a chat request. What the user named in `extra` has the last word. */
internal fun messagesBody(request: ChatRequest, isStream: Boolean): JsonObject = buildJsonObject {
    val options = request.options
    refuseUnknown(options)
    val isCached = options.promptCaching == true
    put("model", options.model)
    system(request, isCached)
    put("messages", turnsOf(request.messages, isCached))
    if (isStream) put("stream", true)
    sampling(options)
    thinkingAndFormat(options)
    tools(options, isCached)
    val metadata = options.metadata + listOfNotNull(options.user?.let { USER to it })
    if (metadata.isNotEmpty()) put("metadata", JsonObject(metadata.mapValues { JsonPrimitive(it.value) }))
}.extendedBy(request.options.extra)

/** This and all before it may come from the cache the next time. */
internal fun JsonObject.cached(): JsonObject = JsonObject(this + ("cache_control" to EPHEMERAL))

/** What would be refused by Anthropic anyway, or silently do nothing. */
private fun refuseUnknown(options: Options) {
    val unknown = when {
        options.seed != null -> "seed ${options.seed}"
        options.frequencyPenalty != null -> "frequencyPenalty ${options.frequencyPenalty}"
        options.presencePenalty != null -> "presencePenalty ${options.presencePenalty}"
        else -> (options.metadata.keys - USER).firstOrNull()?.let { "metadata '$it'" }
    }
    if (unknown != null) throw notSupported(AnthropicTarget.NAME, "there is no such thing as $unknown here: leave it out for this provider")
    if (options.responseFormat == ResponseFormat.JSON) {
        throw notSupported(
            AnthropicTarget.NAME,
            "JSON needs a schema here: use ResponseFormat.jsonSchema(…), or ask for JSON in the prompt",
        )
    }
}

private fun JsonObjectBuilder.system(request: ChatRequest, isCached: Boolean) {
    val blocks = request.messages
        .filter { it.role == Role.SYSTEM }
        .flatMap { it.parts.mapNotNull(::blockOf) }
    if (blocks.isNotEmpty()) put("system", JsonArray(lastCached(blocks, isCached)))
}

private fun JsonObjectBuilder.sampling(options: Options) {
    options.temperature?.let { put("temperature", it) }
    options.topP?.let { put("top_p", it) }
    options.topK?.let { put("top_k", it) }
    if (options.stop.isNotEmpty()) put("stop_sequences", JsonArray(options.stop.map(::JsonPrimitive)))
}

private fun JsonObjectBuilder.thinkingAndFormat(options: Options) {
    val thinking = Thinking.of(options)
    put("max_tokens", thinking.maxTokens)
    thinking.field?.let { put("thinking", it) }
    val output = buildJsonObject {
        thinking.effort?.let { put("effort", it) }
        (options.responseFormat as? ResponseFormat.JsonSchema)?.let { put("format", formatOf(it)) }
    }
    if (output.isNotEmpty()) put("output_config", output)
}

private fun formatOf(format: ResponseFormat.JsonSchema) = buildJsonObject {
    put("type", "json_schema")
    put("schema", Dialect.ANTHROPIC.of(format.schema) ?: format.schema)
}

private fun JsonObjectBuilder.tools(options: Options, isCached: Boolean) {
    if (options.tools.isEmpty()) return
    put("tools", JsonArray(lastCached(options.tools.map(::toolOf), isCached)))
    options.toolChoice?.let { put("tool_choice", choiceOf(it)) }
}

private fun toolOf(tool: ToolDefinition): JsonObject = buildJsonObject {
    put("name", tool.name)
    put("description", tool.description)
    // Refused without a type.
    put("input_schema", JsonObject(OBJECT + tool.parameters))
}

private fun choiceOf(choice: ToolChoice): JsonObject = buildJsonObject {
    when (choice) {
        ToolChoice.REQUIRED -> {
            put("type", "any")
        }

        ToolChoice.NONE -> {
            put("type", "none")
        }

        is ToolChoice.Named -> {
            put("type", "tool")
            put("name", choice.name)
        }

        else -> {
            put("type", "auto")
        }
    }
}

private fun lastCached(items: List<JsonObject>, isCached: Boolean): List<JsonObject> =
    if (isCached) items.dropLast(1) + items.last().cached() else items

private const val USER = "user_id"
private val OBJECT = mapOf("type" to JsonPrimitive("object"))
private val EPHEMERAL = buildJsonObject { put("type", "ephemeral") }
