@file:JvmName("-ChatUsage")

package dev.tandem.provider.openai

import dev.tandem.model.Usage
import dev.tandem.provider.tokens
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmName

/** Null for whatever is no count: an answer is not lost for that. */
internal fun usageOf(json: JsonElement?): Usage? = (json as? JsonObject)?.let { count ->
    val input = count["prompt_tokens_details"] as? JsonObject
    val output = count["completion_tokens_details"] as? JsonObject
    Usage
        .of(count.tokens("prompt_tokens"), count.tokens("completion_tokens"))
        .withCachedInput(input?.tokens("cached_tokens") ?: count.tokens("prompt_cache_hit_tokens"))
        .withCacheWrite(input?.tokens("cache_write_tokens") ?: 0)
        .withReasoning(output?.tokens("reasoning_tokens") ?: 0)
}
