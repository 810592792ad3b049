@file:JvmName("-RequestBody")

package dev.tandem.provider.locallab

import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Role
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** What the system and the user say, where that is all there is. */
internal class Question(val system: String?, val prompt: String)

internal fun questionOf(request: ChatRequest): Question? {
    val system = request.messages.first().takeIf { it.role == Role.SYSTEM }
    val prompt = request.messages.drop(if (system == null) 0 else 1).singleOrNull() ?: return null
    return if (prompt.role == Role.USER) Question(system?.text, prompt.text) else null
}

internal fun generateBody(question: Question, options: Options, isStream: Boolean): JsonObject {
    val system = listOfNotNull(systemPromptOf(options), question.system)
    val body = checked(options, isStream) { put("prompt", question.prompt) }
    return if (system.isEmpty()) body else JsonObject(body + (LocalLabOptions.SYSTEM_PROMPT to JsonPrimitive(system.joinToString("\n\n"))))
}

internal fun batchBody(prompts: List<String>, options: Options): JsonObject = checked(options, isStream = false) {
    put("prompts", JsonArray(prompts.map(::JsonPrimitive)))
}

/** This one has no field for a system prompt, and would pass over it. */
internal fun chatBody(request: ChatRequest, isStream: Boolean): JsonObject {
    val messages = listOfNotNull(systemPromptOf(request.options)?.let(Message::system)) + request.messages
    val body = checked(request.options, isStream) { put("messages", JsonArray(messages.map(::messageOf))) }
    return JsonObject(body - LocalLabOptions.SYSTEM_PROMPT)
}

private fun systemPromptOf(options: Options) = (options.extra[LocalLabOptions.SYSTEM_PROMPT] as? JsonPrimitive)?.contentOrNull

private fun messageOf(message: Message) = buildJsonObject {
    put("role", message.role.name.lowercase())
    put("content", message.text)
}

private fun checked(options: Options, isStream: Boolean, question: JsonObjectBuilder.() -> Unit): JsonObject = buildJsonObject {
    question()
    options.maxTokens?.let {
        put("max_tokens", it)
        // What older servers call it.
        put("max_length", it)
    }
    options.temperature?.let { put("temperature", it) }
    options.topP?.let { put("top_p", it) }
    options.topK?.let { put("top_k", it) }
    if (isStream) put("stream", true)
    // To this server null is not the same as nothing, but an error.
    options.extra.forEach { (name, value) -> if (value != JsonNull) put(name, value) }
}.also(RequestRanges::check)
