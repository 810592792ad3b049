@file:JvmName("-Lists")

package dev.tandem.provider.openai

import dev.tandem.error.MalformedResponseException
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.Usage
import dev.tandem.transport.Answer
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.rejectionOf
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.float
import kotlinx.serialization.json.jsonPrimitive
import kotlin.io.encoding.Base64
import kotlin.jvm.JvmName

@Serializable
private class EmbeddingList(val model: String? = null, val data: List<Entry>, val usage: JsonElement? = null) {
    @Serializable
    class Entry(val index: Int? = null, val embedding: JsonElement)
}

@Serializable
private class ModelList(val data: List<Entry>) {
    @Serializable
    class Entry(
        val id: String,
        @SerialName("owned_by") val owner: String? = null,
    )
}

internal suspend fun modelsOf(answer: Answer): List<ModelInfo> =
    decode(answer, ModelList.serializer()).data.map { ModelInfo(it.id, it.owner.orEmpty()) }

/** In the order of the inputs, whatever order they came in; each input has its vector or nobody gets any. */
internal suspend fun embeddingsOf(answer: Answer, request: EmbeddingRequest): EmbeddingResponse {
    val list = decode(answer, EmbeddingList.serializer())
    val vectors = arrayOfNulls<Embedding>(request.inputs.size)
    list.data.forEachIndexed { position, entry ->
        val index = entry.index ?: position
        if (index !in vectors.indices) throw mismatch(answer, request, list.data.size)
        vectors[index] =
            try {
                Embedding(vectorOf(entry.embedding).also { require(it.isNotEmpty()) { "no numbers" } })
            } catch (e: IllegalArgumentException) {
                throw MalformedResponseException("embedding $index is neither numbers nor base64", answer.details().build(), e)
            }
    }
    if (null in vectors) throw mismatch(answer, request, list.data.size)
    return EmbeddingResponse(
        list.model ?: request.options.model.orEmpty(),
        vectors.map { it!! },
        ChatChunks.usageOf(list.usage) ?: Usage.NONE,
    )
}

/** A list of numbers, or base64 of little-endian floats. */
private fun vectorOf(json: JsonElement): FloatArray {
    if (json is JsonArray) return FloatArray(json.size) { json[it].jsonPrimitive.float }
    require(json.jsonPrimitive.isString) { "not text" }
    val bytes = Base64.decode(json.jsonPrimitive.content)
    require(bytes.size % Float.SIZE_BYTES == 0) { "cut in the midst of a number" }
    return FloatArray(bytes.size / Float.SIZE_BYTES) { i ->
        var bits = 0
        for (b in Float.SIZE_BYTES - 1 downTo 0) bits = (bits shl Byte.SIZE_BITS) or (bytes[i * Float.SIZE_BYTES + b].toInt() and 0xFF)
        Float.fromBits(bits)
    }
}

private suspend fun <T> decode(answer: Answer, what: DeserializationStrategy<T>): T {
    val text = answer.json()
    try {
        return OpenAiJson.decodeFromString(what, text)
    } catch (e: SerializationException) {
        val details = answer.details().excerpt(answer.excerptOf(text))
        // An error under the status 200 has none of the fields that were looked for.
        ErrorBody.of(text)?.let { throw rejectionOf(it.code?.toIntOrNull(), it, details, answer::redact) }
        throw MalformedResponseException("the answer is not the list it should be: ${answer.excerptOf(text)}", details.build(), e)
    }
}

private fun mismatch(answer: Answer, request: EmbeddingRequest, count: Int) = MalformedResponseException(
    "asked for ${request.inputs.size} embeddings, but got $count that do not match",
    answer.details().build(),
    null,
)
