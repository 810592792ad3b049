@file:JvmName("-Configuration")

package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.math.BigInteger
import java.security.MessageDigest

/**
 * What shapes the answers to all items: [options], with those of [ai] for chats. What may be secret, or is long, is in it as its
 * hash only; what says how a call is made, such as timeouts, is not.
 */
internal fun configurationOf(task: String, ai: AiClient, options: Options): JsonObject =
    configurationOf(task, ai.withDefaults(ChatRequest.of(task, options)).options)

/** The same of vectors, for which a client has a model of its own. */
internal fun configurationOfVectors(task: String, ai: AiClient, options: Options): JsonObject {
    val request = EmbeddingRequest
        .builder()
        .input(task)
        .options(options)
        .build()
    return configurationOf(task, ai.withDefaults(request).options)
}

private fun configurationOf(task: String, all: Options): JsonObject = buildJsonObject {
    put("task", task)
    for ((name, value) in shaping(all)) if (value != null) put(name, value)
}

private fun shaping(options: Options): List<Pair<String, JsonPrimitive?>> = with(options) {
    listOf(
        "model" to model?.let(::JsonPrimitive),
        "temperature" to temperature?.let(::JsonPrimitive),
        "topP" to topP?.let(::JsonPrimitive),
        "topK" to topK?.let(::JsonPrimitive),
        "maxTokens" to maxTokens?.let(::JsonPrimitive),
        "stop" to stop.takeIf { it.isNotEmpty() }?.let { JsonPrimitive(it.toString()) },
        "seed" to seed?.let(::JsonPrimitive),
        "frequencyPenalty" to frequencyPenalty?.let(::JsonPrimitive),
        "presencePenalty" to presencePenalty?.let(::JsonPrimitive),
        "responseFormat" to responseFormat?.let { JsonPrimitive(hashOf(formatOf(it))) },
        "tools" to tools.takeIf { it.isNotEmpty() }?.let { all ->
            JsonPrimitive(hashOf(all.joinToString { "${it.name} ${it.description} ${it.parameters}" }))
        },
        "toolChoice" to toolChoice?.let { JsonPrimitive(it.toString()) },
        "reasoning" to reasoning?.let { JsonPrimitive(it.toString()) },
        "extra" to extra.takeIf { it.isNotEmpty() }?.let { JsonPrimitive(hashOf(JsonObject(it.toSortedMap()).toString())) },
    )
}

private fun formatOf(format: ResponseFormat) =
    (format as? ResponseFormat.JsonSchema)?.let { "${it.name} ${it.schema}" } ?: format.toString()

/** All that tells [request] from others. */
internal fun contentOfRequest(request: ChatRequest): String {
    val options = JsonObject(shaping(request.options).mapNotNull { (name, value) -> value?.let { name to it } }.toMap())
    val messages = request.messages.map { message ->
        val parts = message.parts.map(::contentOf) + message.toolCalls.map { "$it" } + message.toolCallId.orEmpty()
        JsonArray((listOf(message.role.name) + parts).map(::JsonPrimitive))
    }
    return "$options$messages"
}

private fun contentOf(part: Part): String = when (part) {
    is Part.Text -> part.text
    is Part.Image -> "image ${part.url}"
    is Part.Audio -> "audio ${part.url}"
    is Part.File -> "file ${part.name} ${part.url} ${part.id}"
}

/** Short for [text], and the same in every process: 128 bits of its SHA-256. */
internal fun hashOf(text: String): String {
    val hash = MessageDigest.getInstance("SHA-256").digest(text.encodeToByteArray()).copyOf(HASH_BYTES)
    return BigInteger(1, hash).toString(HEX).padStart(HASH_BYTES * 2, '0')
}

private const val HASH_BYTES = 16
private const val HEX = 16
