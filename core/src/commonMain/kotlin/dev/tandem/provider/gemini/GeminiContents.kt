@file:JvmName("-GeminiContents")

package dev.tandem.provider.gemini

import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Role
import dev.tandem.provider.http.notSupported
import dev.tandem.provider.json.DataUrl
import dev.tandem.provider.json.argumentsOf
import dev.tandem.provider.json.callAnsweredAt
import dev.tandem.provider.json.jsonIn
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** The conversation without its system messages. Results that follow each other are one turn, as the calls were. */
internal fun contentsOf(request: ChatRequest): JsonArray {
    val turns = mutableListOf<Pair<Role, List<JsonElement>>>()
    request.messages.forEachIndexed { index, message ->
        val parts = partsOf(request, index)
        // A turn without parts is refused.
        if (message.role == Role.SYSTEM || parts.isEmpty()) return@forEachIndexed
        if (message.role == Role.TOOL && turns.lastOrNull()?.first == Role.TOOL) {
            turns += message.role to turns.removeAt(turns.lastIndex).second + parts
        } else {
            turns += message.role to parts
        }
    }
    return JsonArray(turns.map { (role, parts) -> contentOf(role, parts) })
}

private fun contentOf(role: Role, parts: List<JsonElement>) = buildJsonObject {
    put("role", if (role == Role.ASSISTANT) "model" else "user")
    put("parts", JsonArray(parts))
}

private fun partsOf(request: ChatRequest, index: Int): List<JsonElement> {
    val message = request.messages[index]
    val state = message.stateFor(Gemini.NAME)
    return when {
        state is JsonArray -> state
        message.role == Role.TOOL -> listOf(resultPart(request.messages, index))
        else -> saidIn(message) + callParts(message, request)
    }
}

/** Calls that another provider's model made. A model that signs its calls looks for a signature on the first. */
private fun callParts(message: Message, request: ChatRequest): List<JsonObject> = message.toolCalls.mapIndexed { i, call ->
    buildJsonObject {
        put(
            "functionCall",
            buildJsonObject {
                put("name", call.name)
                put("args", argumentsOf(call.arguments))
            },
        )
        if (i == 0 && hasLevels(request.options.model.orEmpty())) put("thoughtSignature", NO_SIGNATURE)
    }
}

/** A result goes by the name of its function, and by the id of its call only if that went by one. */
private fun resultPart(messages: List<Message>, index: Int): JsonObject = buildJsonObject {
    val (asked, call) = messages.callAnsweredAt(index)
    put(
        "functionResponse",
        buildJsonObject {
            GeminiTurn.idOfCall(asked.stateFor(Gemini.NAME), asked.toolCalls.indexOf(call))?.let { put("id", it) }
            put("name", call.name)
            put("response", objectOf(messages[index].text))
        },
    )
}

/** It must be an object. */
private fun objectOf(result: String): JsonObject = when (val json = jsonIn(result)) {
    is JsonObject -> json
    is JsonArray -> JsonObject(mapOf("result" to json))
    else -> JsonObject(mapOf("result" to JsonPrimitive(result)))
}

/** A text that is empty is refused. */
internal fun saidIn(message: Message): List<JsonObject> = message.parts.filterNot { it is Part.Text && it.text.isEmpty() }.map(::partOf)

private fun partOf(part: Part): JsonObject = when (part) {
    is Part.Text -> textPart(part.text)
    is Part.Image -> mediaPart(part, part.url)
    is Part.Audio -> mediaPart(part, part.url)
    is Part.File -> mediaPart(part, part.url)
}

internal fun textPart(text: String): JsonObject = JsonObject(mapOf("text" to JsonPrimitive(text)))

private fun mediaPart(part: Part, url: String?): JsonObject = buildJsonObject {
    val inline = url?.let { DataUrl.of(it) }
    if (inline != null) {
        put(
            "inlineData",
            buildJsonObject {
                put("mimeType", inline.mediaType)
                put("data", inline.base64)
            },
        )
    } else {
        if (url?.startsWith("https://") != true) {
            throw notSupported(Gemini.NAME, "$part is not taken: it must be an https:// address, or begin with data:, a type and ;base64")
        }
        put("fileData", buildJsonObject { put("fileUri", url) })
    }
}

/** Google's own word for a call whose signature nobody has. */
private const val NO_SIGNATURE = "skip_thought_signature_validator"
