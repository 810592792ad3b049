package dev.tandem.batch.file

import dev.tandem.AiClient
import dev.tandem.batch.BatchTask
import dev.tandem.batch.configurationOf
import dev.tandem.batch.configurationOfVectors
import dev.tandem.batch.contentOfRequest
import dev.tandem.batch.readVector
import dev.tandem.batch.written
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Options
import dev.tandem.model.ResponseJson
import dev.tandem.model.Usage
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put

/** Whatever a line asks for. */
internal class LineTask(private val options: Options) : BatchTask<InputLine, LineAnswer>() {
    /** Lines may ask for both kinds, and a client may have a model for one only. */
    override fun configuration(ai: AiClient): JsonObject {
        val chats = runCatching { configurationOf("lines", ai, options) }.getOrElse { JsonObject(mapOf("task" to JsonPrimitive("lines"))) }
        val vectors = runCatching { configurationOfVectors("lines", ai, Options.NONE)["model"] }.getOrNull()
        return if (vectors == null) chats else JsonObject(chats + ("embeddingModel" to vectors))
    }

    override suspend fun perform(ai: AiClient, item: InputLine): Outcome<LineAnswer> = when (val asks = item.asks) {
        is InputLine.Asks.Chat -> outcomeOf(ai.chat(asks.request.withDefaults(options)))
        is InputLine.Asks.Vectors -> ai.embed(asks.request).let { answer -> Outcome(LineAnswer(answer)) { jsonOf(answer) } }
        is InputLine.Asks.Nothing -> throw UnreadableLineException(item.number, asks.problem)
    }

    override fun requestOf(item: InputLine): ChatRequest? = when (val asks = item.asks) {
        is InputLine.Asks.Chat -> asks.request.withDefaults(options)
        is InputLine.Asks.Vectors -> null
        is InputLine.Asks.Nothing -> throw UnreadableLineException(item.number, asks.problem)
    }

    override fun outcomeOf(response: ChatResponse): Outcome<LineAnswer> = Outcome(LineAnswer(response)) { ResponseJson.of(response) }

    override fun read(json: JsonElement): LineAnswer {
        val vectors = json.jsonObject["vectors"]?.jsonArray ?: return LineAnswer(ResponseJson.read(json.jsonObject))
        val tokens = json.jsonObject
            .getValue("tokens")
            .jsonPrimitive.long
        val model = json.jsonObject
            .getValue("model")
            .jsonPrimitive.content
        return LineAnswer(EmbeddingResponse(model, vectors.map(::readVector), Usage.of(tokens, 0)))
    }

    override fun contentOf(item: InputLine): String = when (val asks = item.asks) {
        is InputLine.Asks.Chat -> contentOfRequest(asks.request)
        is InputLine.Asks.Vectors -> "${asks.request.dimensions} ${asks.request.options.model} ${asks.request.inputs}"
        is InputLine.Asks.Nothing -> asks.text
    }

    private fun jsonOf(answer: EmbeddingResponse) = buildJsonObject {
        put("model", answer.model)
        put("tokens", answer.usage.inputTokens)
        put("vectors", JsonArray(answer.embeddings.map(::written)))
    }
}
