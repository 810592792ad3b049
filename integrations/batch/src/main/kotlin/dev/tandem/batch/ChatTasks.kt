package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Options
import dev.tandem.model.ResponseJson
import dev.tandem.structured.AnswerType
import dev.tandem.structured.Extracted
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** The text of an answer. */
internal class Generating(private val options: Options) : BatchTask<String, String>() {
    override fun configuration(ai: AiClient): JsonObject = configurationOf("generate", ai, options)

    override suspend fun perform(ai: AiClient, item: String): Outcome<String> = outcomeOf(ai.chat(requestOf(item)))

    override fun requestOf(item: String): ChatRequest = ChatRequest.of(item, options)

    override fun outcomeOf(response: ChatResponse): Outcome<String> = Outcome(response.text) { JsonPrimitive(response.text) }

    override fun read(json: JsonElement): String = json.jsonPrimitive.content

    override fun contentOf(item: String): String = item
}

/** A whole answer. */
internal class Chatting(private val options: Options) : BatchTask<ChatRequest, ChatResponse>() {
    override fun configuration(ai: AiClient): JsonObject = configurationOf("chat", ai, options)

    override suspend fun perform(ai: AiClient, item: ChatRequest): Outcome<ChatResponse> = outcomeOf(ai.chat(requestOf(item)))

    override fun requestOf(item: ChatRequest): ChatRequest = item.withDefaults(options)

    override fun outcomeOf(response: ChatResponse): Outcome<ChatResponse> = Outcome(response) { ResponseJson.of(response) }

    override fun read(json: JsonElement): ChatResponse = ResponseJson.read(json.jsonObject)

    override fun contentOf(item: ChatRequest): String = contentOfRequest(item)
}

/** An answer as a value, written down as the model gave it. */
internal class Extracting<R : Any>(private val type: AnswerType<R>, private val options: Options) : BatchTask<String, R>() {
    override fun configuration(ai: AiClient): JsonObject =
        JsonObject(configurationOf("extract", ai, options) + mapOf("type" to JsonPrimitive(type.name), "schema" to type.schema))

    override suspend fun perform(ai: AiClient, item: String): Outcome<R> {
        val extracted = ai.extractWhole(ChatRequest.of(item, options), type)
        return Outcome(extracted.value) { extracted.json }
    }

    override fun requestOf(item: String): ChatRequest = Extracted.asking(ChatRequest.of(item, options), type)

    /** Nobody asks again here. */
    override fun outcomeOf(response: ChatResponse): Outcome<R> = Extracted.of(response, type).let { Outcome(it.value) { it.json } }

    override fun read(json: JsonElement): R = type.read(json)

    override fun contentOf(item: String): String = item
}
