@file:JvmName("-Decoding")

package dev.tandem.provider.http

import dev.tandem.error.MalformedResponseException
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Usage
import dev.tandem.provider.json.StrictJson
import dev.tandem.provider.json.Vectors
import dev.tandem.provider.json.WireJson
import dev.tandem.transport.Answer
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.rejectionOf
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmName

/** The whole body as [what]. An error under the status of success is thrown as such. */
internal suspend fun <T> Answer.decode(what: DeserializationStrategy<T>): T = decode(what, json())

/** The whole body, an object with [field] in it. */
internal suspend fun Answer.objectWith(field: String): JsonObject {
    val json = decode(JsonElement.serializer())
    val found = json as? JsonObject
    if (found != null && isSaid(found[field]) && !isSaid(found["error"])) return found
    val excerpt = excerptOf(json.toString())
    val details = details().excerpt(excerpt)
    ErrorBody.of(json)?.let { body -> throw rejectionOf(null, body, details) { redact(it) } }
    throw MalformedResponseException("$provider: the answer has no $field: $excerpt", details.build(), null)
}

private fun isSaid(json: JsonElement?) = json != null && json !is JsonNull

/** The whole body with the vectors apart, wherever [what] has room for any JSON. */
internal suspend fun <T : Any> Answer.decodeVectors(what: DeserializationStrategy<T>): Pair<T, Vectors> = json { bytes, from, to ->
    Vectors.cut(bytes, from, to)?.let { vectors -> decodeOrNull(what, vectors.rest)?.let { it to vectors } }
        // Something is wrong with it: the message should speak of what really came.
        ?: (decode(what, bytes.decodeToString(from, to)) to Vectors.NONE)
}

private fun <T : Any> decodeOrNull(what: DeserializationStrategy<T>, text: String): T? = try {
    if (StrictJson.problemOf(text) == null) WireJson.decodeFromString(what, text) else null
} catch (_: SerializationException) {
    null
}

private fun <T> Answer.decode(what: DeserializationStrategy<T>, text: String): T {
    try {
        StrictJson.problemOf(text)?.let { throw SerializationException(it) }
        return WireJson.decodeFromString(what, text)
    } catch (e: SerializationException) {
        val details = details().excerpt(excerptOf(text))
        // It has none of the fields that were looked for.
        ErrorBody.of(text)?.let { throw rejectionOf(null, it, details) { text -> redact(text) } }
        throw MalformedResponseException("$provider: the answer is not what it should be: ${excerptOf(text)}", details.build(), e)
    }
}

/** [vectors], if each input of [request] has one. */
internal fun Answer.embeddings(request: EmbeddingRequest, model: String?, vectors: List<FloatArray>, usage: Usage): EmbeddingResponse {
    if (vectors.size != request.inputs.size || vectors.any { it.isEmpty() }) throw mismatch(request, vectors.size)
    return EmbeddingResponse(model ?: request.options.model.orEmpty(), vectors.map(::Embedding), usage)
}

internal fun Answer.mismatch(request: EmbeddingRequest, count: Int) = MalformedResponseException(
    "$provider: asked for ${request.inputs.size} embeddings, but got $count that do not match",
    details().build(),
    null,
)
