package dev.tandem.batch.file

import dev.tandem.batch.journal.Failure
import dev.tandem.batch.journal.Record
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.Usage
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/** How an answer is written for whoever asked by a line: in our few words, or in those of OpenAI's batches. */
internal object OutputLine {
    /** [id] is null for a line without one, which is told by its [number]. */
    fun short(number: Long, id: String?, record: Record, answer: LineAnswer?): JsonObject = buildJsonObject {
        if (id != null) put("id", id) else put("line", number)
        answer?.chat?.let { chat ->
            put("text", chat.text)
            if (chat.toolCalls.isNotEmpty()) put("tool_calls", callsOf(chat.message))
            put("model", chat.model)
            put("finish", chat.finishReason.raw)
        }
        answer?.vectors?.let { vectors ->
            if (vectors.embeddings.size == 1) put("embedding", numbersOf(vectors, 0))
            if (vectors.embeddings.size != 1) put("embeddings", JsonArray(vectors.embeddings.indices.map { numbersOf(vectors, it) }))
            put("model", vectors.model)
        }
        record.failure?.let { put("error", errorOf(it)) }
        putJsonObject("usage") {
            put("input_tokens", record.cost.usage.inputTokens)
            put("output_tokens", record.cost.usage.outputTokens)
        }
        record.cost.usd?.let { if (record.failure == null) put("usd", it) }
    }

    fun ofOpenAi(id: String, record: Record, answer: LineAnswer?): JsonObject = buildJsonObject {
        put("id", "batch_req_$id")
        put("custom_id", id)
        val failure = record.failure
        when {
            answer != null -> response(OK) {
                answer.chat?.let { completion(it) }
                answer.vectors?.let { vectors(it) }
            }

            failure?.status != null -> response(failure.status) { put("error", errorOf(failure)) }

            else -> put("response", JsonNull)
        }
        put("error", failure?.let(::errorOf) ?: JsonNull)
    }

    private fun JsonObjectBuilder.response(status: Int, body: JsonObjectBuilder.() -> Unit) {
        putJsonObject("response") {
            put("status_code", status)
            putJsonObject("body", body)
        }
    }

    private fun JsonObjectBuilder.completion(chat: ChatResponse) {
        put("id", chat.id)
        put("object", "chat.completion")
        put("model", chat.model)
        putJsonArray("choices") {
            (listOf(chat) + chat.alternatives).forEachIndexed { i, each ->
                addJsonObject {
                    put("index", i)
                    put("message", messageOf(each.message))
                    put("finish_reason", finishOf(each.finishReason))
                }
            }
        }
        put("usage", usageOf(chat.usage))
    }

    private fun messageOf(message: Message) = buildJsonObject {
        put("role", "assistant")
        put("content", message.text)
        if (message.toolCalls.isNotEmpty()) put("tool_calls", callsOf(message))
    }

    private fun callsOf(message: Message) = buildJsonArray {
        message.toolCalls.forEach { call ->
            addJsonObject {
                put("id", call.id)
                put("type", "function")
                putJsonObject("function") {
                    put("name", call.name)
                    put("arguments", call.arguments)
                }
            }
        }
    }

    private fun finishOf(reason: FinishReason) = when (reason.kind) {
        FinishReason.Kind.STOP -> "stop"
        FinishReason.Kind.LENGTH -> "length"
        FinishReason.Kind.TOOL_CALLS -> "tool_calls"
        FinishReason.Kind.CONTENT_FILTER -> "content_filter"
        FinishReason.Kind.ERROR, FinishReason.Kind.UNKNOWN -> reason.raw
    }

    private fun JsonObjectBuilder.vectors(answer: EmbeddingResponse) {
        put("object", "list")
        put("model", answer.model)
        putJsonArray("data") {
            answer.embeddings.indices.forEach { i ->
                addJsonObject {
                    put("object", "embedding")
                    put("index", i)
                    put("embedding", numbersOf(answer, i))
                }
            }
        }
        put("usage", usageOf(answer.usage))
    }

    private fun numbersOf(answer: EmbeddingResponse, index: Int) = JsonArray(answer.embeddings[index].vector.map(::JsonPrimitive))

    private fun usageOf(usage: Usage) = buildJsonObject {
        put("prompt_tokens", usage.inputTokens)
        put("completion_tokens", usage.outputTokens)
        put("total_tokens", usage.totalTokens)
    }

    private fun errorOf(failure: Failure) = buildJsonObject {
        put("code", failure.type)
        put("message", failure.message)
        put("retryable", failure.isRetryable)
    }

    private const val OK = 200
}
