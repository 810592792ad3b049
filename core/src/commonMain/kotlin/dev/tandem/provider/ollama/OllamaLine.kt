package dev.tandem.provider.ollama

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** A piece of a streamed answer, or a whole answer: they are the same. Everything may be missing. */
@Serializable
internal class OllamaLine(
    val model: String? = null,
    val message: Said? = null,
    val done: Boolean = false,
    @SerialName("done_reason") val doneReason: String? = null,
    @SerialName("prompt_eval_count") val prompted: JsonPrimitive? = null,
    @SerialName("eval_count") val answered: JsonPrimitive? = null,
    val error: JsonElement? = null,
) {
    @Serializable
    class Said(
        val content: String? = null,
        val thinking: String? = null,
        @SerialName("tool_calls") val toolCalls: List<Call>? = null,
    )

    @Serializable
    class Call(val id: JsonPrimitive? = null, val function: Function? = null)

    @Serializable
    class Function(val name: String? = null, val arguments: JsonElement? = null)
}
