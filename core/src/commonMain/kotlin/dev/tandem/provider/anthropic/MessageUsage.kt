package dev.tandem.provider.anthropic

import dev.tandem.model.Usage
import dev.tandem.provider.json.tokens
import kotlinx.serialization.json.JsonObject

/** The tokens of one answer. Some are said at its beginning, some at its end, each time all so far. */
internal class MessageUsage {
    private val counts = mutableMapOf<String, Long>()

    /** A count that is missing or 0 is none: gateways fill in zeros where they know nothing. */
    fun after(said: JsonObject): Usage {
        val details = (said["output_tokens_details"] as? JsonObject).orEmpty()
        for (name in COUNTS) said.tokens(name).let { if (it > 0) counts[name] = it }
        JsonObject(details).tokens(THINKING).let { if (it > 0) counts[THINKING] = it }
        val cached = countOf(CACHED)
        val written = countOf(WRITTEN)
        // To Anthropic these two are no part of its input tokens.
        return Usage
            .of(countOf(INPUT) + cached + written, countOf(OUTPUT))
            .withCachedInput(cached)
            .withCacheWrite(written)
            .withReasoning(countOf(THINKING))
    }

    private fun countOf(name: String) = counts[name] ?: 0

    private companion object {
        const val INPUT = "input_tokens"
        const val OUTPUT = "output_tokens"
        const val CACHED = "cache_read_input_tokens"
        const val WRITTEN = "cache_creation_input_tokens"
        const val THINKING = "thinking_tokens"
        val COUNTS = listOf(INPUT, OUTPUT, CACHED, WRITTEN)
    }
}
