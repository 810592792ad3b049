@file:JvmName("-Keeping")

package dev.tandem.cache

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ResponseJson
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.io.encoding.Base64
import kotlin.jvm.JvmName

/** What is kept of the [items] of a call, null if they are no whole answer. What is empty is left out. [Kept] reads it. */
internal fun keptOf(items: List<Any?>): JsonObject? = when (val last = items.lastOrNull()) {
    is ChatResponse -> buildJsonObject { put("chat", ResponseJson.of(last)) }

    is ChatEvent.Completed -> buildJsonObject {
        put("chat", ResponseJson.of(last.response))
        put("pieces", listOf(items.dropLast(1)) { pieceOf(it as ChatEvent) })
    }

    is EmbeddingResponse -> buildJsonObject {
        put("model", last.model)
        put("vectors", listOf(last.embeddings) { JsonPrimitive(textOf(it)) })
        put("usage", ResponseJson.usageOf(last.usage))
    }

    else -> null
}

/** Its kind, and what it says. */
private fun pieceOf(event: ChatEvent): JsonArray = when (event) {
    is ChatEvent.Text -> textsOf("text", event.text)
    is ChatEvent.Reasoning -> textsOf("reasoning", event.reasoning)
    is ChatEvent.Refusal -> textsOf("refusal", event.refusal)
    is ChatEvent.ToolCallDelta -> textsOf("call", event.index.toString(), event.id, event.name, event.arguments)
    is ChatEvent.UsageUpdate -> JsonArray(listOf(JsonPrimitive("usage"), ResponseJson.usageOf(event.usage)))
    is ChatEvent.Raw -> textsOf("raw", event.name, event.data)
    is ChatEvent.ToolStarted, is ChatEvent.ToolFinished, is ChatEvent.Completed -> error("no model says $event")
}

private fun textsOf(vararg texts: String) = listOf(texts.asList(), ::JsonPrimitive)

private inline fun <T> listOf(items: List<T>, kept: (T) -> JsonElement) = JsonArray(items.map(kept))

/** Its floats, as base64. */
private fun textOf(embedding: Embedding): String {
    val bytes = ByteArray(embedding.vector.size * Float.SIZE_BYTES)
    embedding.vector.forEachIndexed { i, value ->
        val bits = value.toRawBits()
        for (byte in 0 until Float.SIZE_BYTES) bytes[i * Float.SIZE_BYTES + byte] = (bits shr (8 * byte)).toByte()
    }
    return Base64.encode(bytes)
}
