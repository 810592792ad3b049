package dev.tandem.provider.openai

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * A piece of a streamed answer, or a whole answer: they differ in `delta` and `message` only. Everything may be missing,
 * and where servers disagree about a type the field is left as JSON.
 */
@Serializable
internal class ChatChunk(
    val id: JsonPrimitive? = null,
    val model: JsonPrimitive? = null,
    @SerialName("system_fingerprint") val fingerprint: JsonPrimitive? = null,
    val choices: List<Choice>? = null,
    val usage: JsonElement? = null,
    @SerialName("x_groq") val groq: Groq? = null,
    @SerialName("prompt_filter_results") val promptFilter: JsonElement? = null,
    val citations: JsonElement? = null,
    @SerialName("search_results") val searchResults: JsonElement? = null,
    @SerialName("object") val type: JsonElement? = null,
    val error: JsonElement? = null,
    val detail: JsonElement? = null,
) {
    @Serializable
    class Choice(
        val index: Int = 0,
        val delta: Said? = null,
        val message: Said? = null,
        @SerialName("finish_reason") val finishReason: JsonPrimitive? = null,
        @SerialName("content_filter_results") val contentFilter: JsonElement? = null,
        val error: JsonElement? = null,
    )

    @Serializable
    class Said(
        val content: JsonElement? = null,
        @SerialName("reasoning_content") val reasoningContent: JsonElement? = null,
        val reasoning: JsonElement? = null,
        @SerialName("reasoning_details") val reasoningDetails: JsonArray? = null,
        val refusal: String? = null,
        @SerialName("tool_calls") val toolCalls: List<Call>? = null,
    )

    @Serializable
    class Call(
        val index: Int? = null,
        val id: JsonPrimitive? = null,
        val function: Function? = null,
        @SerialName("extra_content") val extra: JsonElement? = null,
    )

    @Serializable
    class Function(val name: String? = null, val arguments: JsonElement? = null)

    @Serializable
    class Groq(val usage: JsonElement? = null, val error: JsonElement? = null)
}
