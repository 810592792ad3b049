@file:JvmName("-GeminiCounts")

package dev.tandem.provider.gemini

import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Usage
import dev.tandem.provider.http.decode
import dev.tandem.provider.http.embeddings
import dev.tandem.provider.json.tokens
import dev.tandem.transport.Answer
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmName

/** Null for whatever is no count. Gemini counts thoughts, and what its own tools brought in, beside the rest. */
internal fun usageOf(json: JsonElement?): Usage? = (json as? JsonObject)?.let { count ->
    val thoughts = count.tokens("thoughtsTokenCount")
    Usage
        .of(
            count.tokens("promptTokenCount") + count.tokens("toolUsePromptTokenCount"),
            count.tokens("candidatesTokenCount") + thoughts,
        ).withCachedInput(count.tokens("cachedContentTokenCount"))
        .withReasoning(thoughts)
}

@Serializable
private class EmbeddingList(val embeddings: List<Entry>, val usageMetadata: JsonElement? = null) {
    @Serializable
    class Entry(val values: FloatArray)
}

/** In the order of the inputs, as they came. */
internal suspend fun embeddingsOf(answer: Answer, request: EmbeddingRequest): EmbeddingResponse {
    val list = answer.decode(EmbeddingList.serializer())
    return answer.embeddings(request, null, list.embeddings.map { it.values }, usageOf(list.usageMetadata) ?: Usage.NONE)
}
