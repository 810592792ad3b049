package dev.tandem.cache

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ProviderState
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlin.io.encoding.Base64

/** An answer that was kept by [keptOf]. Its shape is its own, not that of the model's classes, which may change meanwhile. */
internal class Kept(private val json: JsonObject) {
    /** The items of the call again, each marked as cached where it says whether it is. */
    fun items(): List<Any> {
        json["vectors"]?.let { vectors ->
            return listOf(EmbeddingResponse(json.text("model"), vectors.jsonArray.map(::vectorOf), usageOf(json["usage"])).cached())
        }
        val response = responseOf(json.getValue("chat").jsonObject).cached()
        val pieces = json["pieces"] ?: return listOf(response)
        return pieces.jsonArray.map { eventOf(it.jsonArray) } + ChatEvent.Completed(response)
    }

    private fun responseOf(chat: JsonObject): ChatResponse = ChatResponse
        .builder(messageOf(chat.getValue("message").jsonObject))
        .id(chat.text("id"))
        .model(chat.text("model"))
        .finishReason(FinishReason.of(FinishReason.Kind.valueOf(chat.text("finish")), chat.text("finishRaw")))
        .usage(usageOf(chat["usage"]))
        .apply { chat["metadata"]?.jsonObject?.forEach { (name, value) -> metadata(name, value.jsonPrimitive.content) } }
        .apply { chat.list("alternatives").forEach { alternative(responseOf(it.jsonObject)) } }
        .build()

    private fun messageOf(message: JsonObject): Message {
        val calls = message.list("calls").map { call -> call.jsonArray.let { ToolCall(it.text(0), it.text(1), it.text(2)) } }
        val state = message["state"]?.let { ProviderState(message.text("stateOwner"), it) }
        return Message
            .assistant(
                message.text("text"),
                calls,
                message["reasoning"]?.jsonPrimitive?.content.orEmpty(),
            ).withProviderState(state)
    }

    private fun usageOf(tokens: JsonElement?): Usage {
        val (input, output, cached, reasoning, written) = checkNotNull(tokens)
            .jsonPrimitive.content
            .split(' ')
            .map(String::toLong)
        return Usage
            .of(input, output)
            .withCachedInput(cached)
            .withReasoning(reasoning)
            .withCacheWrite(written)
    }

    private fun eventOf(piece: JsonArray): ChatEvent = when (val kind = piece.text(0)) {
        "text" -> ChatEvent.Text(piece.text(1))
        "reasoning" -> ChatEvent.Reasoning(piece.text(1))
        "refusal" -> ChatEvent.Refusal(piece.text(1))
        "call" -> ChatEvent.ToolCallDelta(piece.text(1).toInt(), piece.text(2), piece.text(3), piece.text(4))
        "usage" -> ChatEvent.UsageUpdate(usageOf(piece[1]))
        "raw" -> ChatEvent.Raw(piece.text(1), piece.text(2))
        else -> error("there is no event '$kind'")
    }

    private fun vectorOf(kept: JsonElement): Embedding {
        val bytes = Base64.decode(kept.jsonPrimitive.content)
        return Embedding(
            FloatArray(bytes.size / Float.SIZE_BYTES) { i ->
                var bits = 0
                for (byte in 0 until Float.SIZE_BYTES) bits = bits or ((bytes[i * Float.SIZE_BYTES + byte].toInt() and 0xFF) shl (8 * byte))
                Float.fromBits(bits)
            },
        )
    }

    private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content

    private fun JsonObject.list(name: String) = get(name)?.jsonArray.orEmpty()

    private fun JsonArray.text(at: Int) = get(at).jsonPrimitive.content
}
