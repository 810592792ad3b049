package dev.tandem.batch.journal

import dev.tandem.model.Usage
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.longOrNull
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject

/** What became of one item, as it is written down: [value] or [failure]. */
internal class Record(
    val key: String,
    /** Where the item was in the input, from 0. */
    val index: Long,
    /** Tells whether an item of the same key is still the same; null where the key itself does. */
    val content: String?,
    val value: JsonElement?,
    val failure: Failure?,
    val cost: Cost,
) {
    /** What it took. */
    class Cost(val usage: Usage, val usd: Double?, val retries: Int, val isCached: Boolean, val tookMillis: Long)

    fun toJson(): JsonObject = buildJsonObject {
        put("key", key)
        put("n", index)
        content?.let { put("content", it) }
        value?.let { put("value", it) }
        failure?.let { put("error", it.toJson()) }
        putJsonObject("usage") {
            NAMES.zip(numbersOf(cost.usage)).forEach { (name, tokens) -> if (tokens != 0L) put(name, tokens) }
        }
        cost.usd?.let { put("usd", it) }
        if (cost.retries > 0) put("retries", cost.retries)
        if (cost.isCached) put("cached", true)
        put("ms", cost.tookMillis)
    }

    companion object {
        private val NAMES = listOf("in", "out", "cached", "reasoning", "written")

        /** Null where [json] is no record of an item. */
        fun read(json: JsonObject): Record? {
            val key = json["key"]?.jsonPrimitive?.content ?: return null
            val cost = Cost(
                usageOf(json["usage"]?.jsonObject),
                json.number("usd")?.doubleOrNull,
                json.number("retries")?.intOrNull ?: 0,
                json.number("cached")?.booleanOrNull ?: false,
                json.number("ms")?.longOrNull ?: 0,
            )
            val failure = json["error"]?.jsonObject?.let(Failure::read)
            return Record(key, json.getValue("n").jsonPrimitive.long, json.number("content")?.content, json["value"], failure, cost)
        }

        private fun numbersOf(usage: Usage) = with(usage) {
            listOf(inputTokens, outputTokens, cachedInputTokens, reasoningTokens, cacheWriteInputTokens)
        }

        private fun usageOf(json: JsonObject?): Usage {
            val (input, output, cached, reasoning, written) = NAMES.map { json?.number(it)?.longOrNull ?: 0 }
            return Usage
                .of(input, output)
                .withCachedInput(cached)
                .withReasoning(reasoning)
                .withCacheWrite(written)
        }

        private fun JsonObject.number(name: String) = this[name] as? JsonPrimitive
    }
}
