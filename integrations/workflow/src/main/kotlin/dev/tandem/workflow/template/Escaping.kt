package dev.tandem.workflow.template

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import java.net.URLEncoder

/** Keeps what is mentioned from being taken for something else than a value. */
internal object Escaping {
    /** In an address, but where the address begins with it. */
    fun inAddress(before: CharSequence, value: JsonElement): String {
        val text = Filling.textOf(value)
        return if (before.isEmpty()) text else URLEncoder.encode(text, "UTF-8").replace("+", "%20")
    }

    /** In JSON: within quotes as part of a text, elsewhere as it is. In a text that is no JSON, as people read it. */
    fun inBody(before: CharSequence, value: JsonElement): String {
        val isJson = before.trimStart().firstOrNull().let { it == '{' || it == '[' }
        if (!isJson) return Filling.textOf(value)
        if (!isInQuotes(before)) return Json.encodeToString(JsonElement.serializer(), value)
        return Json.encodeToString(Filling.textOf(value)).drop(1).dropLast(1)
    }

    private fun isInQuotes(text: CharSequence): Boolean {
        var isInside = false
        var at = 0
        while (at < text.length) {
            if (isInside && text[at] == '\\') {
                at++
            } else if (text[at] == '"') {
                isInside = !isInside
            }
            at++
        }
        return isInside
    }
}
