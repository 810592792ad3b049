package dev.tandem.provider.http

import dev.tandem.error.MalformedResponseException
import dev.tandem.model.Options
import dev.tandem.transport.Answer
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.rejectionOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/**
 * Lists that come in pages. [next] gives the path of the page after one, or null after the last; it gets the path of the
 * first page and the page itself.
 */
internal class Pages(private val endpoint: Endpoint, private val next: (path: String, page: JsonObject) -> String?) {
    /** All items, each page asked for when the ones before have been taken. */
    fun items(path: String, options: Options): Flow<JsonObject> = flow {
        val seen = mutableSetOf<String>()
        var at: String? = path
        while (at != null) {
            val page = endpoint.get(at, options) { read(it, looped = !seen.add(at.orEmpty())) }
            for (item in itemsOf(page)) if (item is JsonObject) emit(item)
            at = (page as? JsonObject)?.let { next(path, it) }
        }
    }

    private suspend fun read(answer: Answer, looped: Boolean): JsonElement {
        val page = answer.decode(JsonElement.serializer())
        if (page is JsonArray || (page is JsonObject && isList(page) && !looped)) return page
        val excerpt = answer.excerptOf(page.toString())
        val details = answer.details().excerpt(excerpt)
        // An error that came as success.
        ErrorBody.of(page)?.let { throw rejectionOf(null, it, details) { text -> answer.redact(text) } }
        val what = if (looped) "the list goes in circles" else "this is not a list"
        throw MalformedResponseException("${answer.provider}: $what: $excerpt", details.build(), null)
    }

    /** Google leaves an empty list out, so that its page is an empty object. */
    private fun isList(page: JsonObject) = page.isEmpty() || itemsField(page) != null

    private fun itemsOf(page: JsonElement): List<JsonElement> =
        if (page is JsonArray) page else (page as? JsonObject)?.let(::itemsField).orEmpty()

    /** They are called `data`, `models`, `results`, `files` or whatever. */
    private fun itemsField(page: JsonObject): JsonArray? =
        page["data"] as? JsonArray ?: page.values.firstNotNullOfOrNull { it as? JsonArray }

    companion object {
        fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull?.ifEmpty { null }

        /** [path] with one more parameter, in place of an earlier one of that name. */
        fun with(path: String, name: String, value: String): String {
            val kept = path.substringAfter('?', "").split('&').filter { it.isNotEmpty() && it.substringBefore('=') != name }
            return path.substringBefore('?') + "?" + (kept + "$name=$value").joinToString("&")
        }
    }
}
