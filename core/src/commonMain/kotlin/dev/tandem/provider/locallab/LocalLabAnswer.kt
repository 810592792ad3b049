package dev.tandem.provider.locallab

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** A whole answer of `/generate` ([text], of older servers [response]) or of `/chat` ([choices]). */
@Serializable
internal class LocalLabAnswer(
    private val text: String? = null,
    private val response: String? = null,
    val model: JsonPrimitive? = null,
    private val choices: List<Choice>? = null,
    val error: JsonElement? = null,
    val detail: JsonElement? = null,
) {
    private val choice: Choice? get() = choices?.firstOrNull()

    /** Null when this is no answer at all. */
    val said: String? get() = text ?: response ?: choice?.message?.content

    val finishReason: String? get() = choice?.reason

    @Serializable
    class Choice(
        val message: Said? = null,
        @SerialName("finish_reason") val reason: String? = null,
    )

    @Serializable
    class Said(val content: String? = null)
}
