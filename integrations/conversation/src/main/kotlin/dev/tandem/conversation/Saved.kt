package dev.tandem.conversation

import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ProviderState
import dev.tandem.model.Role
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put

/** A conversation in JSON. The shape is its own: the model's classes may change, and what was saved must not. */
internal class Saved private constructor(val messages: List<Message>, val usage: Usage, val conversation: String?) {
    companion object {
        private const val VERSION = 1L

        fun textOf(messages: List<Message>, usage: Usage, conversation: String?): String = buildJsonObject {
            put("tandem-conversation", VERSION)
            put("id", conversation)
            put("messages", JsonArray(messages.map(::jsonOf)))
            with(usage) {
                val tokens = listOf(inputTokens, outputTokens, cachedInputTokens, reasoningTokens, cacheWriteInputTokens)
                put("usage", JsonArray(tokens.map(::JsonPrimitive)))
            }
        }.toString()

        fun of(json: String): Saved = try {
            val saved = Json.parseToJsonElement(json).jsonObject
            val version = saved["tandem-conversation"]?.jsonPrimitive?.long
            require(version == VERSION) { "its version is $version, and only $VERSION can be read" }
            val (input, output, cached, reasoning, written) = saved.getValue("usage").jsonArray.map { it.jsonPrimitive.long }
            val usage = Usage
                .of(input, output)
                .withCachedInput(cached)
                .withReasoning(reasoning)
                .withCacheWrite(written)
            val messages = saved.getValue("messages").jsonArray.map { messageOf(it.jsonObject) }
            Saved(messages, usage, saved["id"]?.jsonPrimitive?.contentOrNull)
        } catch (e: Exception) {
            throw IllegalArgumentException("this is no saved conversation, ${e.message?.take(SHOWN)}: ${json.take(SHOWN)}", e)
        }

        private fun jsonOf(message: Message): JsonObject = buildJsonObject {
            put("role", message.role.name.lowercase())
            put("parts", JsonArray(message.parts.map { part -> buildJsonObject { put(part) } }))
            if (message.toolCalls.isNotEmpty()) {
                val calls = message.toolCalls.map { call -> listOf(call.id, call.name, call.arguments).map(::JsonPrimitive) }
                put("calls", JsonArray(calls.map(::JsonArray)))
            }
            message.toolCallId?.let { put("answers", it) }
            if (message.reasoning.isNotEmpty()) put("reasoning", message.reasoning)
            message.providerState?.let { state ->
                put(
                    "state",
                    buildJsonArray {
                        add(JsonPrimitive(state.owner))
                        add(state.json)
                    },
                )
            }
        }

        private fun JsonObjectBuilder.put(part: Part) = when (part) {
            is Part.Text -> put("text", part.text)
            is Part.Image -> put("image", part.url)
            is Part.Audio -> put("audio", part.url)
            is Part.File -> put("file", JsonArray(listOf(part.name, part.url, part.id).map(::JsonPrimitive)))
        }

        private fun messageOf(json: JsonObject): Message {
            val parts = json.getValue("parts").jsonArray.map { partOf(it.jsonObject) }
            val text = parts.filterIsInstance<Part.Text>().joinToString("") { it.text }
            return when (val role = Role.valueOf(json.text("role").orEmpty().uppercase())) {
                Role.SYSTEM -> {
                    Message.system(text)
                }

                Role.USER -> {
                    Message.user(*parts.toTypedArray())
                }

                Role.TOOL -> {
                    Message.tool(json.text("answers").orEmpty(), text)
                }

                Role.ASSISTANT -> {
                    val calls = json["calls"]?.jsonArray.orEmpty().map { call ->
                        val (id, name, arguments) = call.jsonArray.map { it.jsonPrimitive.content }
                        ToolCall(id, name, arguments)
                    }
                    val state = json["state"]?.jsonArray?.let { (owner, said) -> ProviderState(owner.jsonPrimitive.content, said) }
                    Message.assistant(text, calls, json.text("reasoning").orEmpty()).withProviderState(state)
                }
            }
        }

        private fun partOf(json: JsonObject): Part {
            val (kind, value) = json.entries.single()
            return when (kind) {
                "text" -> Part.Text(value.jsonPrimitive.content)

                "image" -> Part.Image(value.jsonPrimitive.content)

                "audio" -> Part.Audio(value.jsonPrimitive.content)

                "file" -> value.jsonArray.map { it.jsonPrimitive.contentOrNull }.let { (name, url, id) ->
                    fileOf(name.orEmpty(), url, id)
                }

                else -> throw IllegalArgumentException("there is no part '$kind'")
            }
        }

        private fun fileOf(name: String, url: String?, id: String?) = when {
            id != null -> Part.File.uploaded(id)
            url != null -> Part.File.at(name, url)
            else -> throw IllegalArgumentException("a file has neither an address nor an id")
        }

        private fun JsonObject.text(name: String): String? = this[name]?.jsonPrimitive?.content

        private const val SHOWN = 100
    }
}
