@file:JvmName("-EmbeddingTasks")

package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.model.Embedding
import dev.tandem.model.Options
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.Base64

/** The vector of a text. */
internal class EmbeddingOne(private val options: Options) : BatchTask<String, Embedding>() {
    override fun configuration(ai: AiClient): JsonObject = configurationOfVectors("embed", ai, options)

    override suspend fun perform(ai: AiClient, item: String): Outcome<Embedding> =
        ai.embed(item, options).let { vector -> Outcome(vector) { written(vector) } }

    override fun read(json: JsonElement): Embedding = readVector(json)

    override fun contentOf(item: String): String = item
}

/** The vectors of several texts. */
internal class EmbeddingMany(private val options: Options) : BatchTask<List<String>, List<Embedding>>() {
    override fun configuration(ai: AiClient): JsonObject = configurationOfVectors("embedMany", ai, options)

    override suspend fun perform(ai: AiClient, item: List<String>): Outcome<List<Embedding>> =
        ai.embedMany(item, options).let { vectors -> Outcome(vectors) { JsonArray(vectors.map(::written)) } }

    override fun read(json: JsonElement): List<Embedding> = json.jsonArray.map(::readVector)

    override fun contentOf(item: List<String>): String = JsonArray(item.map(::JsonPrimitive)).toString()
}

/** Its floats as base64, in the order of bytes that embeddings come in from providers. */
internal fun written(vector: Embedding): JsonElement {
    val bytes = ByteBuffer.allocate(vector.dimensions * Float.SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
    vector.vector.forEach(bytes::putFloat)
    return JsonPrimitive(Base64.getEncoder().encodeToString(bytes.array()))
}

internal fun readVector(json: JsonElement): Embedding {
    val bytes = ByteBuffer.wrap(Base64.getDecoder().decode(json.jsonPrimitive.content)).order(ByteOrder.LITTLE_ENDIAN)
    return Embedding(FloatArray(bytes.remaining() / Float.SIZE_BYTES) { bytes.getFloat(it * Float.SIZE_BYTES) })
}
