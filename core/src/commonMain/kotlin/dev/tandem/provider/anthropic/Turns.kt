@file:JvmName("-Turns")

package dev.tandem.provider.anthropic

import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Role
import dev.tandem.model.ToolCall
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.http.notSupported
import dev.tandem.provider.json.DataUrl
import dev.tandem.provider.json.argumentsOf
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** What was said besides the system's, the sides taking turns: messages of one side in a row are one to Anthropic. */
internal fun turnsOf(messages: List<Message>, isCached: Boolean): JsonArray {
    val turns = mutableListOf<Turn>()
    val ids = CallIds()
    for (message in messages) {
        if (message.role == Role.SYSTEM) continue
        val blocks = blocksOf(message, ids)
        val role = if (message.role == Role.ASSISTANT) ASSISTANT else USER
        when {
            // Refused by Anthropic, though its own models say nothing now and then.
            blocks.isEmpty() -> continue

            turns.lastOrNull()?.role == role -> turns.last().blocks += blocks

            else -> turns += Turn(role, blocks.toMutableList())
        }
    }
    if (turns.isEmpty()) throw notSupported(AnthropicTarget.NAME, "a conversation needs a message besides the system's: add user(\"…\")")
    turns.last().takeIf { it.role == ASSISTANT }?.trimEnd()
    // Not in the assistant's: thoughts cannot be marked, and must not be touched.
    if (isCached) turns.lastOrNull { it.role == USER }?.blocks?.run { add(removeAt(lastIndex).cached()) }
    return JsonArray(turns.map(Turn::toJson))
}

/** The content of [message]; an answer of Anthropic's own goes back as it came. */
private fun blocksOf(message: Message, ids: CallIds): List<JsonObject> {
    message.toolCallId?.let { return listOf(resultOf(ids.ofResult(it), message.text)) }
    val callIds = message.toolCalls.map { ids.ofCall(it.id) }
    (message.stateFor(AnthropicTarget.NAME) as? JsonArray)?.let { return named(it.filterIsInstance<JsonObject>(), callIds) }
    return message.parts.mapNotNull(::blockOf) + message.toolCalls.mapIndexed { i, call -> callOf(call, callIds[i]) }
}

/** An id that is fit stays as it is. */
private fun named(blocks: List<JsonObject>, callIds: List<String>): List<JsonObject> {
    val left = callIds.iterator()
    return blocks.map { if (it.text("type") == CALL && left.hasNext()) JsonObject(it + ("id" to JsonPrimitive(left.next()))) else it }
}

private class Turn(val role: String, val blocks: MutableList<JsonObject>) {
    /** Of a beginning that the model goes on from, Anthropic refuses white space at the end. */
    fun trimEnd() {
        val text = blocks.last().text("text") ?: return
        blocks[blocks.lastIndex] = JsonObject(blocks.last() + ("text" to JsonPrimitive(text.trimEnd())))
    }

    fun toJson(): JsonObject = buildJsonObject {
        put("role", role)
        put("content", JsonArray(blocks))
    }
}

internal fun blockOf(part: Part): JsonObject? = when (part) {
    // A blank text is refused.
    is Part.Text -> if (part.text.isBlank()) null else textOf(part.text)

    is Part.Image -> imageOf(part)

    is Part.File -> documentOf(part)

    is Part.Audio -> throw notSupported(AnthropicTarget.NAME, "it does not listen, so $part is not taken: have it transcribed first")
}

private fun textOf(text: String) = buildJsonObject {
    put("type", "text")
    put("text", text)
}

private fun imageOf(image: Part.Image): JsonObject = buildJsonObject {
    put("type", "image")
    put("source", if (image.url.startsWith("data:")) embedded(image) else sourceOf("url", "url", image.url))
}

private fun embedded(image: Part.Image): JsonObject {
    val data = DataUrl.of(image.url)?.takeIf { it.mediaType in IMAGES }
        ?: throw notSupported(AnthropicTarget.NAME, "$image is not taken: it must begin with data:, one of $IMAGES, and ;base64")
    return sourceOf("base64", "data", data.base64, data.mediaType)
}

private fun callOf(call: ToolCall, id: String): JsonObject = buildJsonObject {
    put("type", CALL)
    put("id", id)
    put("name", call.name)
    put("input", argumentsOf(call.arguments))
}

private fun resultOf(id: String, result: String): JsonObject = buildJsonObject {
    put("type", "tool_result")
    put("tool_use_id", id)
    put("content", result)
}

private const val USER = "user"
private const val ASSISTANT = "assistant"
private const val CALL = "tool_use"
private val IMAGES = setOf("image/jpeg", "image/png", "image/gif", "image/webp")
