package dev.tandem.llama

import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** The template in the file itself, run by the native [apply]; plain "role: text" lines when the file has none. */
internal class FileTemplate(private val markers: Markers, private val apply: ((String) -> String)?) : Template {
    override val temperature: Double? get() = null

    override val stops: List<String> get() = if (apply == null) listOf("\nuser:") else emptyList()

    override val toolMarker: String? get() = null

    override fun mayCall(options: Options): Boolean = false

    override fun prompt(request: ChatRequest): String =
        if (apply == null) plain(request.messages) else withoutPairs(request.messages.map(::safe)) { apply(json(it)) }

    private fun plain(messages: List<Message>) =
        messages.joinToString("") { "${roleOf(it)}: ${markers.neutralise(it.text)}\n" } + "assistant:"

    private fun safe(message: Message) = roleOf(message) to markers.neutralise(message.text).replace("\u0000", "")

    private fun roleOf(message: Message) = message.role.name.lowercase()

    private fun json(messages: List<Pair<String, String>>): String = buildJsonObject {
        putJsonArray("messages") {
            for ((role, text) in messages) {
                addJsonObject {
                    put("role", role)
                    put("content", text)
                }
            }
        }
    }.toString()

    /** The native call garbles characters beyond U+FFFF on its way back, so each travels as a private one nobody else uses. */
    private fun withoutPairs(messages: List<Pair<String, String>>, run: (List<Pair<String, String>>) -> String): String {
        val text = messages.joinToString("") { it.second }
        val wide = PAIR
            .findAll(text)
            .map { it.value }
            .distinct()
            .toList()
        val stand = PRIVATE.filter { it !in text }.take(wide.size).map(Char::toString)
        val swaps = wide.zip(stand)
        val result = run(messages.map { (role, content) -> role to swaps.fold(content) { s, (pair, private) -> s.replace(pair, private) } })
        return swaps.fold(result) { s, (pair, private) -> s.replace(private, pair) }
    }

    private companion object {
        val PAIR = Regex("[\\x{10000}-\\x{10FFFF}]")
        val PRIVATE = '\uE000'..'\uF8FF'
    }
}
