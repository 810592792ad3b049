package dev.tandem.cache

import dev.tandem.model.ChatEvent
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ResponseJson
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
            return listOf(
                EmbeddingResponse(json.text("model"), vectors.jsonArray.map(::vectorOf), ResponseJson.usageOf(json["usage"])).cached(),
            )
        }
        val response = ResponseJson.read(json.getValue("chat").jsonObject).cached()
        val pieces = json["pieces"] ?: return listOf(response)
        return pieces.jsonArray.map { eventOf(it.jsonArray) } + ChatEvent.Completed(response)
    }

    private fun eventOf(piece: JsonArray): ChatEvent = when (val kind = piece.text(0)) {
        "text" -> ChatEvent.Text(piece.text(1))
        "reasoning" -> ChatEvent.Reasoning(piece.text(1))
        "refusal" -> ChatEvent.Refusal(piece.text(1))
        "call" -> ChatEvent.ToolCallDelta(piece.text(1).toInt(), piece.text(2), piece.text(3), piece.text(4))
        "usage" -> ChatEvent.UsageUpdate(ResponseJson.usageOf(piece[1]))
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

    private fun JsonArray.text(at: Int) = get(at).jsonPrimitive.content
}
