@file:JvmName("-ResponsesBody")

package dev.tandem.provider.openai.responses

import dev.tandem.model.ChatRequest
import dev.tandem.model.Options
import dev.tandem.model.Reasoning
import dev.tandem.model.Reasoning.Effort
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.provider.http.notSupported
import dev.tandem.schema.Dialect
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The JSON of a request for a response. What the user named in `extra` has the last word. */
internal fun responsesBody(request: ChatRequest, provider: String, owner: String, schemas: Dialect, isStream: Boolean): JsonObject =
    buildJsonObject {
        val options = request.options
        refuseUnknown(options, provider)
        put("model", options.model)
        put("input", JsonArray(request.messages.flatMap { inputOf(it, provider, owner, options.keepsAnswers) }))
        // The conversation travels with every call, so nobody needs to keep it.
        put("store", false)
        if (isStream) put("stream", true)
        options.maxTokens?.let { put("max_output_tokens", it) }
        options.temperature?.let { put("temperature", it) }
        options.topP?.let { put("top_p", it) }
        options.reasoning?.let { reasoning(it) }
        tools(options)
        options.responseFormat?.let { format -> put("text", buildJsonObject { put("format", flatFormatOf(format, schemas)) }) }
        options.user?.let { put("user", it) }
        if (options.metadata.isNotEmpty()) put("metadata", JsonObject(options.metadata.mapValues { JsonPrimitive(it.value) }))
        options.extra.forEach { (name, value) -> put(name, value) }
    }

/** The user has asked the server to keep answers, or refers to one that it has kept. */
private val Options.keepsAnswers: Boolean
    get() = "previous_response_id" in extra || "conversation" in extra || (extra["store"] as? JsonPrimitive)?.booleanOrNull == true

/** Chat completions have these, Responses do not; dropping them in silence would give another answer than was asked for. */
private fun refuseUnknown(options: Options, provider: String) {
    val unknown = listOf(
        "topK" to options.topK,
        "seed" to options.seed,
        "frequencyPenalty" to options.frequencyPenalty,
        "presencePenalty" to options.presencePenalty,
        "stop" to options.stop.ifEmpty { null },
    ).firstOrNull { (_, value) -> value != null } ?: return
    throw notSupported(
        provider,
        "Responses have no ${unknown.first} (${unknown.second}): leave it out, or use chat completions, " +
            "or name the field in extra(…) for a server that has it",
    )
}

/** Thoughts that come back encrypted can be carried into the next turn. Models that do not think refuse to be asked for them. */
private fun JsonObjectBuilder.reasoning(reasoning: Reasoning) {
    put(
        "reasoning",
        buildJsonObject {
            put("effort", reasoning.effort.name.lowercase())
            if (reasoning.effort != Effort.NONE) put("summary", "auto")
        },
    )
    if (reasoning.effort != Effort.NONE) put("include", buildJsonArray { add(JsonPrimitive("reasoning.encrypted_content")) })
}

private fun JsonObjectBuilder.tools(options: Options) {
    if (options.tools.isEmpty()) return
    put("tools", JsonArray(options.tools.map(::toolOf)))
    options.toolChoice?.let { put("tool_choice", choiceOf(it)) }
}

private fun toolOf(tool: ToolDefinition): JsonObject = buildJsonObject {
    put("type", "function")
    put("name", tool.name)
    put("description", tool.description)
    put("parameters", tool.parameters)
    // Unless told otherwise the server rewrites the schema to its strict subset, or refuses it.
    put("strict", false)
}

private fun choiceOf(choice: ToolChoice): JsonElement = when (choice) {
    ToolChoice.REQUIRED -> JsonPrimitive("required")

    ToolChoice.NONE -> JsonPrimitive("none")

    is ToolChoice.Named -> buildJsonObject {
        put("type", "function")
        put("name", choice.name)
    }

    else -> JsonPrimitive("auto")
}

/** Chat completions say the same, but keep a schema one level deeper. What is not strict the model keeps to as well as it can. */
internal fun flatFormatOf(format: ResponseFormat, schemas: Dialect): JsonObject = buildJsonObject {
    when (format) {
        is ResponseFormat.JsonSchema -> {
            val strict = if (format.strict) schemas.of(format.schema) else null
            put("type", "json_schema")
            put("name", format.name)
            put("schema", strict ?: format.schema)
            put("strict", strict != null)
        }

        ResponseFormat.JSON -> {
            put("type", "json_object")
        }

        else -> {
            put("type", "text")
        }
    }
}
