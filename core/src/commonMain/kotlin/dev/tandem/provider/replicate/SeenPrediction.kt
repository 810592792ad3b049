package dev.tandem.provider.replicate

import dev.tandem.error.AiException
import dev.tandem.model.ChatResponse
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.rejectionOf
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/** A [prediction], and the answer that told of it. */
internal class SeenPrediction(val prediction: Prediction, val head: AnswerHead) {
    /** Why there is no answer, in a prediction that ended in another way than well. */
    fun failure(partial: ChatResponse): AiException {
        val error = prediction.error?.takeUnless { it is JsonNull }
        val said = error?.let { ErrorBody.of(JsonObject(mapOf("error" to it))) }
        val message = said?.message?.ifEmpty { null } ?: "the prediction was ${prediction.status}"
        val code = said?.code ?: CODE.find(message)?.value ?: prediction.status.takeIf { error == null }
        val details = head.details().excerpt(head.excerptOf(message)).partial(partial)
        val body = ErrorBody(message, if (NOT_SAFE.containsMatchIn(message)) FILTERED else code, null)
        return rejectionOf(null, body, details) { head.redact(it) }
    }

    private companion object {
        /** Replicate's own, as in `Prediction failed (E6716)`. */
        val CODE = Regex("\\bE\\d{3,5}\\b")
        val NOT_SAFE = Regex("NSFW|flagged as sensitive|\\bE005\\b", RegexOption.IGNORE_CASE)
        const val FILTERED = "content_filter"
    }
}
