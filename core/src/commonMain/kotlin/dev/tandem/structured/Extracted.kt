package dev.tandem.structured

import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmStatic

/** A typed answer, and how it came about. */
public class Extracted<T : Any> internal constructor(
    /** As the type says. */
    public val value: T,
    /** The last answer, with the usage of all that were needed. */
    public val response: ChatResponse,
    /** What [value] was read from. */
    public val json: JsonElement,
) {
    /** How often the model had to be told what is wrong. */
    public val repairs: Int get() = response.metadata[Wanted.REPAIRS]?.toInt() ?: 0

    override fun toString(): String = "Extracted($value, $repairs repairs)"

    public companion object {
        /** [request], to be answered by a value of [type], for [write][dev.tandem.AiClient.write]; [of] is for the answer. */
        @JvmStatic
        public fun asking(request: ChatRequest, type: AnswerType<*>): ChatRequest = Wanted(type).on(request)

        /** The value that [response] says, or the [dev.tandem.error.StructuredOutputException] that tells why it says none. */
        @JvmStatic
        public fun <T : Any> of(response: ChatResponse, type: AnswerType<T>): Extracted<T> = Wanted(type).extracted(response)
    }
}
