package dev.tandem.model

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlin.jvm.JvmStatic

/**
 * A [ChatResponse] as JSON, for whoever keeps it. The shape is its own, not that of the classes, which may change meanwhile. What
 * is empty is left out, and so are [steps][ChatResponse.steps] and what was left of limits.
 */
public object ResponseJson {
    /** Without [steps][ChatResponse.steps] and limits. A later version of this library can [read] it. */
    @JvmStatic
    public fun of(response: ChatResponse): JsonObject = buildJsonObject {
        put("id", response.id)
        put("model", response.model)
        put("message", messageOf(response.message))
        put("finish", response.finishReason.kind.name)
        put("finishRaw", response.finishReason.raw)
        put("usage", usageOf(response.usage))
        if (response.metadata.isNotEmpty()) put("metadata", JsonObject(response.metadata.mapValues { JsonPrimitive(it.value) }))
        if (response.alternatives.isNotEmpty()) put("alternatives", JsonArray(response.alternatives.map(::of)))
    }

    /** What [of] was written from. */
    @JvmStatic
    public fun read(chat: JsonObject): ChatResponse = ChatResponse
        .builder(messageOf(chat.getValue("message").jsonObject))
        .id(chat.text("id"))
        .model(chat.text("model"))
        .finishReason(FinishReason.of(FinishReason.Kind.valueOf(chat.text("finish")), chat.text("finishRaw")))
        .usage(usageOf(chat["usage"]))
        .apply { chat["metadata"]?.jsonObject?.forEach { (name, value) -> metadata(name, value.jsonPrimitive.content) } }
        .apply { chat["alternatives"]?.jsonArray?.forEach { alternative(read(it.jsonObject)) } }
        .build()

    internal fun usageOf(usage: Usage) = JsonPrimitive(
        with(usage) { "$inputTokens $outputTokens $cachedInputTokens $reasoningTokens $cacheWriteInputTokens" },
    )

    internal fun usageOf(tokens: JsonElement?): Usage {
        val (input, output, cached, reasoning, written) = checkNotNull(tokens)
            .jsonPrimitive.content
            .split(' ')
            .map(String::toLong)
        return Usage
            .of(input, output)
            .withCachedInput(cached)
            .withReasoning(reasoning)
            .withCacheWrite(written)
    }

    private fun messageOf(message: Message) = buildJsonObject {
        put("text", message.text)
        if (message.reasoning.isNotEmpty()) put("reasoning", message.reasoning)
        if (message.toolCalls.isNotEmpty()) put("calls", JsonArray(message.toolCalls.map(::callOf)))
        message.providerState?.let {
            put("stateOwner", it.owner)
            put("state", it.json)
        }
    }

    private fun callOf(call: ToolCall) = JsonArray(listOf(call.id, call.name, call.arguments).map(::JsonPrimitive))

    private fun messageOf(message: JsonObject): Message {
        val calls = message["calls"]?.jsonArray.orEmpty().map { call ->
            val (id, name, arguments) = call.jsonArray.map { it.jsonPrimitive.content }
            ToolCall(id, name, arguments)
        }
        val state = message["state"]?.let { ProviderState(message.text("stateOwner"), it) }
        return Message
            .assistant(
                message.text("text"),
                calls,
                message["reasoning"]?.jsonPrimitive?.content.orEmpty(),
            ).withProviderState(state)
    }

    private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content
}
