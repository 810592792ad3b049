package dev.tandem.batch.journal

import dev.tandem.error.AiException
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put

/** What a journal knows of an error. */
internal class Failure(val type: String, val message: String, val isRetryable: Boolean, val status: Int?) {
    fun toJson(): JsonObject = buildJsonObject {
        put("type", type)
        put("message", message)
        put("retryable", isRetryable)
        status?.let { put("status", it) }
    }

    companion object {
        fun of(error: Throwable): Failure = Failure(
            error::class.simpleName ?: "Error",
            error.message.orEmpty(),
            (error as? AiException)?.isRetryable ?: false,
            (error as? AiException)?.status,
        )

        fun read(json: JsonObject): Failure = Failure(
            json.text("type"),
            json.text("message"),
            (json["retryable"] as? JsonPrimitive)?.booleanOrNull ?: false,
            (json["status"] as? JsonPrimitive)?.intOrNull,
        )

        private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content
    }
}
