package dev.tandem.provider.openai

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/**
 * A piece of a streamed answer, or a whole answer: they differ in `delta` and `message` only. Everything may be missing,
 * and where servers disagree about a type the field is left as JSON.
 */
@Serializable
internal class ChatChunk(
    val id: JsonPrimitive? = null,
    val model: String? = null,
    @SerialName("system_fingerprint") val fingerprint: String? = null,
    val choices: List<Choice>? = null,
    val usage: JsonElement? = null,
    @SerialName("x_groq") val groq: Groq? = null,
    @SerialName("object") val type: JsonElement? = null,
    val error: JsonElement? = null,
    val detail: JsonElement? = null,
) {
    @Serializable
    class Choice(
        val index: Int = 0,
        val delta: Said? = null,
        val message: Said? = null,
        @SerialName("finish_reason") val finishReason: String? = null,
    )

    @Serializable
    class Said(
        val content: JsonElement? = null,
        @SerialName("reasoning_content") val reasoningContent: String? = null,
        val reasoning: JsonElement? = null,
        val refusal: String? = null,
        @SerialName("tool_calls") val toolCalls: List<Call>? = null,
    )

    @Serializable
    class Call(val index: Int? = null, val id: String? = null, val function: Function? = null)

    @Serializable
    class Function(val name: String? = null, val arguments: JsonElement? = null)

    @Serializable
    class Groq(val usage: JsonElement? = null)
}

@OptIn(ExperimentalSerializationApi::class)
internal val OpenAiJson: Json =
    Json {
        // It would quote the input, and with it whatever a server quotes.
        exceptionsWithDebugInfo = false
        ignoreUnknownKeys = true
        explicitNulls = false
        coerceInputValues = true
    }
