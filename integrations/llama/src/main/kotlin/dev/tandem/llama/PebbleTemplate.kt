package dev.tandem.llama

import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Role
import dev.tandem.model.ToolChoice

/** What the bundled model was trained on; `training/data.py` is the other half of this file. */
internal class PebbleTemplate(private val markers: Markers) : Template {
    override val temperature: Double get() = 0.0

    /** An answer is one line. */
    override val stops: List<String> get() = listOf("\n")

    override val toolMarker: String get() = TOOL

    override fun mayCall(options: Options): Boolean = options.toolChoice != ToolChoice.NONE && options.tools.any { it.name == KNOWN_TOOL }

    override fun prompt(request: ChatRequest): String = buildString {
        append("<|system|>You are Pebble, a tiny model.")
        if (mayCall(request.options) && request.asksForWeather()) append(" Tools: $KNOWN_TOOL(city)")
        append('\n')
        for (message in request.messages) append(lineOf(message))
        append("<|assistant|>")
    }

    private fun lineOf(message: Message): String = when (message.role) {
        // It was never trained to follow one: any other text than its own only confuses it.
        Role.SYSTEM -> ""

        Role.USER -> "<|user|>${markers.neutralise(message.text)}\n"

        Role.ASSISTANT -> "<|assistant|>${markers.neutralise(message.text)}${calls(message)}\n"

        Role.TOOL -> "<|result|>${markers.neutralise(message.text)}\n"
    }

    private fun calls(message: Message): String = message.toolCalls.joinToString("") {
        """$TOOL{"name":"${markers.neutralise(it.name)}","arguments":${markers.neutralise(it.arguments)}}"""
    }

    // In training the tool was named before questions about the weather only; elsewhere its name spoils the answer.
    private fun ChatRequest.asksForWeather() = messages.any { it.role == Role.USER && "weather" in it.text.lowercase() }

    companion object {
        const val MODEL = "pebble"
        const val TOOL = "<tool>"
        private const val KNOWN_TOOL = "get_weather"
    }
}
