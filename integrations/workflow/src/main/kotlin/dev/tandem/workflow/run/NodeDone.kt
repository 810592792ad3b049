package dev.tandem.workflow.run

import dev.tandem.model.Usage
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement

/** What a node has come to, as it is kept. */
@Serializable
internal class NodeDone(
    val output: JsonElement,
    /** Of a condition: the names of the nodes that it chooses. */
    val chosen: List<String>? = null,
    val input: String? = null,
    val usage: Tokens = Tokens(),
    val tools: List<Tool> = emptyList(),
    val attempts: List<Attempt> = emptyList(),
) {
    @Serializable
    class Tokens(val input: Long = 0, val output: Long = 0, val cached: Long = 0, val reasoning: Long = 0, val written: Long = 0) {
        fun toUsage(): Usage = Usage
            .of(input, output)
            .withCachedInput(cached)
            .withReasoning(reasoning)
            .withCacheWrite(written)

        companion object {
            fun of(usage: Usage) =
                with(usage) { Tokens(inputTokens, outputTokens, cachedInputTokens, reasoningTokens, cacheWriteInputTokens) }
        }
    }

    @Serializable
    class Tool(val name: String, val ms: Long, val error: String? = null)

    @Serializable
    class Attempt(val at: Long, val ms: Long, val error: String? = null)
}
