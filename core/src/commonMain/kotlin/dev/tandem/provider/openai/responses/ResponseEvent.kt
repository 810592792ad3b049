package dev.tandem.provider.openai.responses

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement

/**
 * One event of a streamed response. What it holds depends on its type, and events of types nobody here knows must pass
 * too, so everything may be missing and may be of any shape.
 */
@Serializable
internal class ResponseEvent(
    val type: String? = null,
    val response: JsonElement? = null,
    @SerialName("output_index") val outputIndex: Int? = null,
    @SerialName("content_index") val contentIndex: Int? = null,
    @SerialName("summary_index") val summaryIndex: Int? = null,
    val item: JsonElement? = null,
    val delta: JsonElement? = null,
    val text: JsonElement? = null,
    val refusal: JsonElement? = null,
    val arguments: JsonElement? = null,
)
