@file:JvmName("-Counts")

package dev.tandem.provider.json

import dev.tandem.model.Usage
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlin.jvm.JvmName

/** Numbers come as numbers, as fractions and as text; whatever is none counts as 0. */
internal fun JsonObject.tokens(name: String): Long = (this[name] as? JsonPrimitive)?.doubleOrNull?.toLong() ?: 0

/**
 * What OpenAI's wires count, under the words that each has for what was asked and answered: `prompt` and `completion`, or
 * `input` and `output`. Null for whatever is no count: an answer is not lost for that.
 */
internal fun usageOf(json: JsonElement?, asked: String, answered: String): Usage? = (json as? JsonObject)?.let { count ->
    val input = count["${asked}_tokens_details"] as? JsonObject
    val output = count["${answered}_tokens_details"] as? JsonObject
    Usage
        .of(count.tokens("${asked}_tokens"), count.tokens("${answered}_tokens"))
        .withCachedInput(input?.tokens("cached_tokens") ?: count.tokens("prompt_cache_hit_tokens"))
        .withCacheWrite(input?.tokens("cache_write_tokens") ?: 0)
        .withReasoning(output?.tokens("reasoning_tokens") ?: 0)
}
