package dev.tandem.llama

import dev.tandem.model.ChatRequest
import dev.tandem.model.Options

/** How a conversation becomes the text that a model continues. */
internal interface Template {
    /** The temperature when nobody names one; null for the native library's own. */
    val temperature: Double?

    /** Texts that end the answer and are no part of it. */
    val stops: List<String>

    /** The token before a tool call, or null when the model cannot call tools. */
    val toolMarker: String?

    /** Whether the model may call a tool in answer to a request with these options. */
    fun mayCall(options: Options): Boolean

    fun prompt(request: ChatRequest): String
}
