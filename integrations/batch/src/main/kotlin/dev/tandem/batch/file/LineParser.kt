package dev.tandem.batch.file

import dev.tandem.batch.file.InputLine.Asks
import dev.tandem.model.EmbeddingRequest
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.intOrNull

/**
 * One line of JSON: a request of OpenAI's batches, or `{"prompt": …}`, or `{"messages": …}`, or `{"input": …}`, or just a text in
 * quotes. [isForVectors] says what becomes of those that do not say it themselves.
 */
internal class LineParser private constructor(private val isForVectors: Boolean) {
    /** Never throws: what cannot be read is a line with a problem. */
    fun parse(number: Long, text: String): InputLine {
        var json: JsonElement? = null
        return try {
            json = Json.parseToJsonElement(text)
            read(number, json)
        } catch (e: SerializationException) {
            unreadable(number, text, json, "is no JSON: ${firstLineOf(e)}")
        } catch (e: IllegalArgumentException) {
            unreadable(number, text, json, "cannot be asked: ${firstLineOf(e)}")
        }
    }

    private fun read(number: Long, json: JsonElement): InputLine {
        if (json is JsonPrimitive && json.isString) return short(number, JsonObject(mapOf("prompt" to json)))
        require(json is JsonObject) { "it is neither an object nor a text in quotes" }
        return if ("url" in json || "body" in json) ofOpenAi(number, json) else short(number, json)
    }

    private fun ofOpenAi(number: Long, json: JsonObject): InputLine {
        val id = requireNotNull(idIn(json)) { "it has no custom_id, by which its answer is found again" }
        val url = (json["url"] as? JsonPrimitive)?.contentOrNull ?: CHATS
        val body = requireNotNull(json["body"] as? JsonObject) { "its body is no object" }
        val asks = when {
            url.endsWith(CHATS) -> Asks.Chat(RequestBody.read(body))
            url.endsWith(VECTORS) -> Asks.Vectors(vectorsIn(body))
            else -> throw IllegalArgumentException("its url is '$url', and only …$CHATS and …$VECTORS are understood here")
        }
        return InputLine(number, id, isOpenAi = true, asks)
    }

    private fun short(number: Long, json: JsonObject): InputLine {
        val id = idIn(json)
        val input = json["input"] ?: json["text"] ?: json["prompt"].takeIf { isForVectors }
        if (input != null && "messages" !in json && (isForVectors || "prompt" !in json)) {
            val body = JsonObject(json - ID_NAMES - setOf("text", "prompt") + ("input" to input))
            return InputLine(number, id, isOpenAi = false, Asks.Vectors(vectorsIn(body)))
        }
        return InputLine(number, id, isOpenAi = false, Asks.Chat(RequestBody.read(JsonObject(json - ID_NAMES))))
    }

    private fun vectorsIn(body: JsonObject): EmbeddingRequest {
        val texts = when (val input = body["input"]) {
            is JsonArray -> input.map { textIn(it) }
            else -> listOf(textIn(input))
        }
        return EmbeddingRequest
            .builder()
            .inputs(texts)
            .dimensions((body["dimensions"] as? JsonPrimitive)?.intOrNull)
            .model((body["model"] as? JsonPrimitive)?.contentOrNull)
            .build()
    }

    private fun textIn(json: JsonElement?): String {
        require(json is JsonPrimitive && json.isString) { "its input is neither a text nor a list of texts" }
        return json.content
    }

    private fun idIn(json: JsonObject): String? = ID_NAMES
        .firstNotNullOfOrNull { json[it] as? JsonPrimitive }
        .takeIf { it != null && it !is JsonNull }
        ?.content
        ?.also { require(it.isNotBlank()) { "its id is blank" } }

    private fun unreadable(number: Long, text: String, json: JsonElement?, problem: String): InputLine {
        val read = json as? JsonObject
        return InputLine(
            number,
            read?.let { runCatching { idIn(it) }.getOrNull() },
            read?.contains("body") == true,
            Asks.Nothing(problem, text),
        )
    }

    private fun firstLineOf(e: Exception) = e.message
        .orEmpty()
        .lineSequence()
        .first()
        .take(LONGEST)

    companion object {
        val FOR_CHATS = LineParser(isForVectors = false)
        val FOR_VECTORS = LineParser(isForVectors = true)
        private const val CHATS = "/chat/completions"
        private const val VECTORS = "/embeddings"
        private const val LONGEST = 200
        private val ID_NAMES = setOf("custom_id", "id")
    }
}
