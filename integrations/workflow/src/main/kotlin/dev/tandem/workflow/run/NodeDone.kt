package dev.tandem.workflow.run

import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
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
    val calls: List<Call> = emptyList(),
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
    class Tool(
        val name: String,
        val ms: Long,
        val error: String? = null,
        val at: Long? = null,
        val arguments: String? = null,
        val result: String? = null,
        val round: Int = 0,
    ) {
        fun toUse() = ToolUse(name, arguments, result, error, at, ms, round)

        companion object {
            fun of(use: ToolUse) = with(use) { Tool(tool, tookMillis, error, startedAtMillis, arguments, result, round) }
        }
    }

    @Serializable
    class Attempt(val at: Long, val ms: Long, val error: String? = null) {
        fun toExecution() = Execution(at, ms, error)
    }

    @Serializable
    class Call(
        val provider: String,
        val model: String,
        val at: Long,
        val ms: Long,
        val usage: Tokens = Tokens(),
        val finish: Finish? = null,
        val attempt: Int = 1,
        val hedge: Boolean = false,
        val error: String? = null,
    ) {
        fun toModelCall() = ModelCall(provider, model, at, ms, usage.toUsage(), finish?.toReason(), attempt, hedge, error)

        companion object {
            fun of(call: ModelCall) = with(call) {
                Call(
                    provider,
                    model,
                    startedAtMillis,
                    tookMillis,
                    Tokens.of(usage),
                    finishReason?.let { Finish(it.kind.name, it.raw) },
                    attempt,
                    isHedge,
                    error,
                )
            }
        }
    }

    @Serializable
    class Finish(val kind: String, val raw: String) {
        /** Of a kind that a later version knows there is at least the provider's word. */
        fun toReason() = FinishReason.of(Kind.entries.find { it.name == kind } ?: Kind.UNKNOWN, raw)
    }
}
