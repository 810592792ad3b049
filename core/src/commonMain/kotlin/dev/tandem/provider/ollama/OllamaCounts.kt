@file:JvmName("-OllamaCounts")

package dev.tandem.provider.ollama

import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Usage
import dev.tandem.provider.http.decode
import dev.tandem.provider.http.embeddings
import dev.tandem.transport.Answer
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlin.jvm.JvmName

/** Null when nothing was counted. A prompt that the server still had in mind is not counted by all of them. */
internal fun usageOf(prompted: JsonPrimitive?, answered: JsonPrimitive?): Usage? =
    if (prompted == null && answered == null) null else Usage.of(countOf(prompted), countOf(answered))

private fun countOf(json: JsonPrimitive?): Long = json?.doubleOrNull?.toLong() ?: 0

@Serializable
private class EmbeddingList(
    val model: String? = null,
    val embeddings: List<FloatArray>,
    @SerialName("prompt_eval_count") val prompted: JsonPrimitive? = null,
)

/** In the order of the inputs, as they came. */
internal suspend fun embeddingsOf(answer: Answer, request: EmbeddingRequest): EmbeddingResponse {
    val list = answer.decode(EmbeddingList.serializer())
    return answer.embeddings(request, list.model, list.embeddings, usageOf(list.prompted, null) ?: Usage.NONE)
}
