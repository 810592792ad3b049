package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/** Tokens as the provider counted them; zero where it said nothing. */
public class Usage internal constructor(
    public val inputTokens: Long,
    public val outputTokens: Long,
    /** Part of [inputTokens] that came from the provider's prompt cache. */
    public val cachedInputTokens: Long,
    /** Part of [outputTokens] that the model spent on thinking. */
    public val reasoningTokens: Long,
    /** Part of [inputTokens] that was written into the provider's prompt cache, which some charge more for. */
    public val cacheWriteInputTokens: Long,
) {
    public val totalTokens: Long get() = inputTokens + outputTokens

    public operator fun plus(other: Usage): Usage = Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cachedInputTokens + other.cachedInputTokens,
        reasoningTokens + other.reasoningTokens,
        cacheWriteInputTokens + other.cacheWriteInputTokens,
    )

    public fun withCachedInput(tokens: Long): Usage = Usage(inputTokens, outputTokens, tokens, reasoningTokens, cacheWriteInputTokens)

    public fun withReasoning(tokens: Long): Usage = Usage(inputTokens, outputTokens, cachedInputTokens, tokens, cacheWriteInputTokens)

    public fun withCacheWrite(tokens: Long): Usage = Usage(inputTokens, outputTokens, cachedInputTokens, reasoningTokens, tokens)

    override fun equals(other: Any?): Boolean = other is Usage &&
        inputTokens == other.inputTokens &&
        outputTokens == other.outputTokens &&
        cachedInputTokens == other.cachedInputTokens &&
        reasoningTokens == other.reasoningTokens &&
        cacheWriteInputTokens == other.cacheWriteInputTokens

    override fun hashCode(): Int = (31 * inputTokens + outputTokens).hashCode()

    override fun toString(): String = "Usage(input=$inputTokens, output=$outputTokens, cached=$cachedInputTokens, " +
        "cacheWrite=$cacheWriteInputTokens, reasoning=$reasoningTokens)"

    public companion object {
        @JvmField public val NONE: Usage = Usage(0, 0, 0, 0, 0)

        @JvmStatic
        public fun of(inputTokens: Long, outputTokens: Long): Usage = Usage(inputTokens, outputTokens, 0, 0, 0)
    }
}
