package dev.tandem.provider.gemini

import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** A piece of a streamed answer, or a whole answer: they are the same. Everything may be missing. */
@Serializable
internal class GeminiChunk(
    val candidates: List<Candidate>? = null,
    val promptFeedback: Feedback? = null,
    val usageMetadata: JsonElement? = null,
    val modelVersion: JsonPrimitive? = null,
    val responseId: JsonPrimitive? = null,
    val error: JsonElement? = null,
) {
    val id: String? get() = responseId?.contentOrNull
    val model: String? get() = modelVersion?.contentOrNull

    @Serializable
    class Candidate(
        val index: Int = 0,
        val content: Content? = null,
        val finishReason: String? = null,
        val finishMessage: JsonPrimitive? = null,
        val safetyRatings: JsonArray? = null,
        val citationMetadata: JsonObject? = null,
        val groundingMetadata: JsonObject? = null,
        val urlContextMetadata: JsonObject? = null,
        val logprobsResult: JsonObject? = null,
    ) {
        /** What is handed out as it came, by its name. */
        fun metadata(): Map<String, JsonElement?> = mapOf(
            "finishMessage" to finishMessage,
            "safetyRatings" to safetyRatings,
            "citationMetadata" to citationMetadata,
            "groundingMetadata" to groundingMetadata,
            "urlContextMetadata" to urlContextMetadata,
            "logprobsResult" to logprobsResult,
        )
    }

    /** Parts are left as they are: the model wants them back word for word. */
    @Serializable
    class Content(val parts: List<JsonObject>? = null)

    @Serializable
    class Feedback(val blockReason: String? = null, val blockReasonMessage: String? = null)
}
