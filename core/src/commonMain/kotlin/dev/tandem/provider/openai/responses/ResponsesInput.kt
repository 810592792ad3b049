@file:JvmName("-ResponsesInput")

package dev.tandem.provider.openai.responses

import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Role
import dev.tandem.model.ToolCall
import dev.tandem.provider.http.notSupported
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The items that [message] is: its own words and each of its tool calls are items of their own. */
internal fun inputOf(message: Message, provider: String, owner: String, keeps: Boolean): List<JsonElement> = when (message.role) {
    Role.TOOL -> listOf(resultOf(message))
    Role.ASSISTANT -> ReturnedItems.of(message.stateFor(owner), keeps) ?: answerOf(message, provider)
    Role.SYSTEM -> listOf(turnOf("system", message, provider))
    Role.USER -> listOf(turnOf("user", message, provider))
}

private fun answerOf(message: Message, provider: String): List<JsonObject> =
    listOfNotNull(message.takeIf { it.parts.isNotEmpty() }?.let { turnOf("assistant", it, provider) }) + message.toolCalls.map(::callOf)

private fun turnOf(role: String, message: Message, provider: String): JsonObject = buildJsonObject {
    put("type", "message")
    put("role", role)
    // Plain text stays plain, which every server takes.
    val isPlain = message.parts.all { it is Part.Text }
    put("content", if (isPlain) JsonPrimitive(message.text) else JsonArray(message.parts.map { partOf(it, role, provider) }))
}

private fun partOf(part: Part, role: String, provider: String): JsonObject = buildJsonObject {
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

        is Part.Audio -> {
            throw notSupported(provider, "Responses take no audio ($part): use chat completions, or have it transcribed")
        }

        is Part.File -> {
            put("type", "input_file")
            val url = part.url
            when {
                url == null -> {
                    put("file_id", part.id)
                }

                url.startsWith("data:") -> {
                    put("filename", part.name)
                    put("file_data", url)
                }

                else -> {
                    put("file_url", url)
                }
            }
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
