package dev.tandem.transport

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** What a provider says of an error, in whichever of the usual shapes. */
internal class ErrorBody(val message: String, val code: String?, val type: String?, private val others: List<String> = emptyList()) {
    /** Code, type and the like: the structure that an error is judged by. */
    val marks: List<String> get() = listOfNotNull(code, type) + others

    companion object {
        fun of(text: String): ErrorBody? =
            if (text.trimStart().startsWith('<')) page(text) else runCatching { of(Json.parseToJsonElement(text)) }.getOrNull()

        /** `{"error":{…}}`, `{"error":"…"}`, `{"detail":…}`, `{"message":…}`, or the first of a list of such. */
        fun of(json: JsonElement): ErrorBody? {
            val outer = (if (json is JsonArray) json.firstOrNull() else json) as? JsonObject ?: return null
            val errors = (outer["errors"] as? JsonArray)?.firstOrNull()
            return when (val error = outer["error"] ?: errors) {
                null, JsonNull -> plain(outer)
                is JsonObject -> structured(error)
                else -> ErrorBody((error as? JsonPrimitive)?.content ?: error.toString(), outer.text("code"), outer.text("type"))
            }
        }

        /** A web page: what it says to those without scripts, or else its title. Tunnels have a code of their own in it. */
        private fun page(html: String): ErrorBody? {
            val beginning = html.take(PAGE_CHARS)
            val said = PAGE_TEXT.firstNotNullOfOrNull { element -> element.find(beginning)?.let { wordsOf(it.groupValues[1]) } }
            return said?.let { ErrorBody(it, TUNNEL_CODE.find(beginning)?.value, null) }
        }

        private fun wordsOf(html: String): String? = html
            .replace(TAG, " ")
            .replace(SPACES, " ")
            .trim()
            .ifEmpty { null }

        private fun structured(error: JsonObject): ErrorBody {
            // Gateways wrap the error of the one behind them in their own.
            (error["error"] as? JsonObject)?.let { return structured(it) }
            val message = error.text("message") ?: error["detail"]?.let(::detail) ?: error.toString()
            val others = listOfNotNull(error.text("status"), (error["innererror"] as? JsonObject)?.text("code")) + reasons(error)
            return ErrorBody(message, error.text("code") ?: error.text("status"), error.text("type"), others)
        }

        /** Google: `"details":[{"@type":"…ErrorInfo","reason":"API_KEY_INVALID"}]`. */
        private fun reasons(error: JsonObject): List<String> =
            (error["details"] as? JsonArray).orEmpty().mapNotNull { (it as? JsonObject)?.text("reason") }

        private fun plain(outer: JsonObject): ErrorBody? {
            (outer["message"] as? JsonObject)?.let { return structured(it) }
            val message = outer.text("message") ?: outer["detail"]?.let(::detail) ?: return null
            return ErrorBody(message, outer.text("code"), outer.text("type"))
        }

        /** FastAPI: a text, or a list of places and what is wrong with them. */
        private fun detail(detail: JsonElement): String? = when (detail) {
            is JsonNull -> null
            is JsonPrimitive -> detail.content
            is JsonArray -> detail.joinToString("; ") { (it as? JsonObject)?.let(::place) ?: it.toString() }
            is JsonObject -> detail.text("message") ?: detail.toString()
        }

        private fun place(problem: JsonObject): String? {
            val where = (problem["loc"] as? JsonArray)?.joinToString(".") { (it as? JsonPrimitive)?.content.orEmpty() }
            return listOfNotNull(where, problem.text("msg")).joinToString(": ").ifEmpty { null }
        }

        private const val PAGE_CHARS = 8 * 1024
        private val PAGE_TEXT = listOf("noscript", "title").map { Regex("<$it[^>]*>([\\s\\S]*?)</$it", RegexOption.IGNORE_CASE) }
        private val TAG = Regex("<[^>]*>")
        private val SPACES = Regex("\\s+")
        private val TUNNEL_CODE = Regex("ERR_NGROK_\\d+")

        private fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull?.ifEmpty { null }
    }
}
