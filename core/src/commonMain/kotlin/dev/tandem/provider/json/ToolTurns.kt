@file:JvmName("-ToolTurns")

package dev.tandem.provider.json

import dev.tandem.model.Message
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolDefinition
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** A tool as OpenAI's wire has it, and those that follow it. */
internal fun functionOf(tool: ToolDefinition): JsonObject = buildJsonObject {
    put("type", "function")
    put(
        "function",
        buildJsonObject {
            put("name", tool.name)
            put("description", tool.description)
            put("parameters", tool.parameters)
        },
    )
}

/** What a model wrote as [arguments], for a wire on which they are an object: what is none is wrapped in one, and not lost. */
internal fun argumentsOf(arguments: String): JsonObject =
    jsonIn(arguments.ifBlank { "{}" }) as? JsonObject ?: JsonObject(mapOf("INVALID_JSON" to JsonPrimitive(arguments)))

/** What [text] is as JSON, null if it is none. */
internal fun jsonIn(text: String): JsonElement? = runCatching { WireJson.parseToJsonElement(text) }.getOrNull()

/** The message and call that the tool's result at [index] answers, or the exception that says there is none. */
internal fun List<Message>.callAnsweredAt(index: Int): Pair<Message, ToolCall> {
    val id = get(index).toolCallId
    // The latest: ids that we make up ourselves begin anew in each answer.
    for (at in index - 1 downTo 0) {
        val message = get(at)
        message.toolCalls.lastOrNull { it.id == id }?.let { return message to it }
    }
    throw IllegalArgumentException("the result of tool call '$id' has no such call before it in the conversation")
}
