@file:JvmName("-ResponsesInput")

package dev.tandem.provider.openai.responses

import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Role
import dev.tandem.model.ToolCall
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The items that [message] is: its own words and each of its tool calls are items of their own. */
internal fun inputOf(message: Message, owner: String, keeps: Boolean): List<JsonElement> = when (message.role) {
    Role.TOOL -> listOf(resultOf(message))
    Role.ASSISTANT -> ReturnedItems.of(message.stateFor(owner), keeps) ?: answerOf(message)
    Role.SYSTEM -> listOf(turnOf("system", message))
    Role.USER -> listOf(turnOf("user", message))
}

private fun answerOf(message: Message): List<JsonObject> =
    listOfNotNull(message.takeIf { it.parts.isNotEmpty() }?.let { turnOf("assistant", it) }) + message.toolCalls.map(::callOf)

private fun turnOf(role: String, message: Message): JsonObject = buildJsonObject {
    put("type", "message")
    put("role", role)
    // Plain text stays plain, which every server takes.
    val isPlain = message.parts.all { it is Part.Text }
    put("content", if (isPlain) JsonPrimitive(message.text) else JsonArray(message.parts.map { partOf(it, role) }))
}

private fun partOf(part: Part, role: String): JsonObject = buildJsonObject {
    when (part) {
        is Part.Text -> {
            put("type", if (role == "assistant") "output_text" else "input_text")
            put("text", part.text)
        }

        is Part.Image -> {
            put("type", "input_image")
            put("image_url", part.url)
            // OpenAI's own default; some servers want to hear it.
            put("detail", "auto")
        }
    }
}

private fun callOf(call: ToolCall): JsonObject = buildJsonObject {
    put("type", "function_call")
    put("call_id", call.id)
    put("name", call.name)
    put("arguments", call.arguments)
}

private fun resultOf(message: Message): JsonObject = buildJsonObject {
    put("type", "function_call_output")
    put("call_id", message.toolCallId)
    put("output", message.text)
}
