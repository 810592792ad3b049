package dev.tandem.provider.replicate

import dev.tandem.model.Usage
import dev.tandem.provider.json.tokens
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** What Replicate knows of a prediction at some moment. Its addresses are made from its id, but for that of the stream. */
@Serializable
internal class Prediction(
    val id: String,
    val status: String = "",
    val model: String? = null,
    val version: String? = null,
    val output: JsonElement? = null,
    val error: JsonElement? = null,
    val logs: JsonPrimitive? = null,
    val metrics: JsonObject? = null,
    val urls: Urls? = null,
) {
    @Serializable
    class Urls(val stream: String? = null)

    val hasEnded: Boolean get() = status in ENDS
    val hasSucceeded: Boolean get() = status == SUCCEEDED

    /** A text, or a list of pieces of one. */
    val text: String get() = output?.let(::textOf).orEmpty()

    /** The names differ between models. */
    val usage: Usage? get() = metrics?.let { counts ->
        val input = counts.tokens("input_token_count") + counts.tokens("token_input_count")
        val output = counts.tokens("output_token_count") + counts.tokens("token_output_count")
        Usage.of(input, output).takeIf { it.totalTokens > 0 }
    }

    private fun textOf(json: JsonElement): String = when (json) {
        is JsonPrimitive -> json.contentOrNull.orEmpty()
        is JsonArray -> json.joinToString("", transform = ::textOf)
        is JsonObject -> json.toString()
    }

    companion object {
        const val SUCCEEDED = "succeeded"
        private val ENDS = setOf(SUCCEEDED, "failed", "canceled", "aborted")
    }
}
