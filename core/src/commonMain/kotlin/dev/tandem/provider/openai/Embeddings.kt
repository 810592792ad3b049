@file:JvmName("-Embeddings")

package dev.tandem.provider.openai

import dev.tandem.error.MalformedResponseException
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Usage
import dev.tandem.provider.http.decodeVectors
import dev.tandem.provider.http.embeddings
import dev.tandem.provider.http.mismatch
import dev.tandem.transport.Answer
import kotlinx.serialization.Serializable
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

/** In the order of the inputs, whatever order they came in; each input has its vector or nobody gets any. */
internal suspend fun embeddingsOf(answer: Answer, request: EmbeddingRequest): EmbeddingResponse {
    val (list, found) = answer.decodeVectors(EmbeddingList.serializer())
    val vectors = arrayOfNulls<FloatArray>(request.inputs.size)
    list.data.forEachIndexed { position, entry ->
        val index = entry.index ?: position
        if (index !in vectors.indices) throw answer.mismatch(request, list.data.size)
        vectors[index] =
            try {
                (found.of(entry.embedding) ?: vectorOf(entry.embedding)).also { vector -> require(vector.all { it.isFinite() }) }
            } catch (e: IllegalArgumentException) {
                throw MalformedResponseException(
                    "embedding $index is neither finite numbers nor base64 of them",
                    answer.details().build(),
                    e,
                )
            }
    }
    return answer.embeddings(request, list.model, vectors.filterNotNull(), usageOf(list.usage) ?: Usage.NONE)
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
