package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/**
 * How much a model may think before it speaks. Providers count differently: some take an effort, some a number of tokens;
 * each gets the nearest thing that it understands.
 */
public class Reasoning private constructor(
    /** What providers are told that know only efforts. */
    public val effort: Effort,
    /** The most tokens it may think, or null to leave that to [effort]. */
    public val maxTokens: Int?,
) {
    /** How much, in the words of providers that do not count. */
    public enum class Effort {
        /** Not at all, where the model lets itself be asked. */
        NONE,

        /** Few thoughts, for what is wanted soon. */
        LOW,

        /** Between the two. */
        MEDIUM,

        /** Many thoughts, for what is hard. */
        HIGH,
    }

    override fun equals(other: Any?): Boolean = other is Reasoning && effort == other.effort && maxTokens == other.maxTokens

    override fun hashCode(): Int = 31 * effort.hashCode() + (maxTokens ?: 0)

    override fun toString(): String = effort.name + maxTokens?.let { "($it tokens)" }.orEmpty()

    public companion object {
        /** Not at all, where the model lets itself be asked. */
        @JvmField public val NONE: Reasoning = Reasoning(Effort.NONE, null)

        /** Few thoughts, for what is wanted soon. */
        @JvmField public val LOW: Reasoning = Reasoning(Effort.LOW, null)

        /** Between [LOW] and [HIGH]. */
        @JvmField public val MEDIUM: Reasoning = Reasoning(Effort.MEDIUM, null)

        /** Many thoughts, for what is hard. */
        @JvmField public val HIGH: Reasoning = Reasoning(Effort.HIGH, null)

        /** At most so many tokens. Providers that know only efforts are asked for the one that comes nearest. */
        @JvmStatic
        public fun maxTokens(tokens: Int): Reasoning {
            require(tokens >= 1) { "reasoning tokens must be at least 1, but is $tokens" }
            return Reasoning(effortOf(tokens), tokens)
        }

        private const val LOW_TOKENS = 2_048
        private const val MEDIUM_TOKENS = 8_192

        private fun effortOf(tokens: Int) = when {
            tokens <= LOW_TOKENS -> Effort.LOW
            tokens <= MEDIUM_TOKENS -> Effort.MEDIUM
            else -> Effort.HIGH
        }
    }
}
