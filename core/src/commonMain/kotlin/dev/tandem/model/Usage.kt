package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/** Tokens as the provider counted them; zero where it said nothing. */
public class Usage internal constructor(
    /** All that the model read, with what came from a cache or went into it. */
    public val inputTokens: Long,
    /** All that the model said, thoughts included. */
    public val outputTokens: Long,
    /** Part of [inputTokens] that came from the provider's prompt cache. */
    public val cachedInputTokens: Long,
    /** Part of [outputTokens] that the model spent on thinking. */
    public val reasoningTokens: Long,
    /** Part of [inputTokens] that was written into the provider's prompt cache, which some charge more for. */
    public val cacheWriteInputTokens: Long,
) {
    /** [inputTokens] and [outputTokens]. */
    public val totalTokens: Long get() = inputTokens + outputTokens

    /** The sum, part by part. */
    public operator fun plus(other: Usage): Usage = Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cachedInputTokens + other.cachedInputTokens,
        reasoningTokens + other.reasoningTokens,
        cacheWriteInputTokens + other.cacheWriteInputTokens,
    )

    /** The same, with so many of [inputTokens] from the provider's prompt cache. */
    public fun withCachedInput(tokens: Long): Usage = Usage(inputTokens, outputTokens, tokens, reasoningTokens, cacheWriteInputTokens)

    /** The same, with so many of [outputTokens] spent on thinking. */
    public fun withReasoning(tokens: Long): Usage = Usage(inputTokens, outputTokens, cachedInputTokens, tokens, cacheWriteInputTokens)

    /** The same, with so many of [inputTokens] written into the provider's prompt cache. */
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
        /** Zero of everything. */
        @JvmField public val NONE: Usage = Usage(0, 0, 0, 0, 0)

        /** Without a cache and without thoughts. */
        @JvmStatic
        public fun of(inputTokens: Long, outputTokens: Long): Usage = Usage(inputTokens, outputTokens, 0, 0, 0)
    }
}
