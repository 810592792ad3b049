package dev.tandem.accounting

import kotlin.jvm.JvmStatic

/** What may be spent before calls are refused: by the whole client, or under one tag. */
public class Budget private constructor(
    /** Null for the whole client. */
    public val tag: String?,
    /** Input and output together; null where only money is counted. */
    public val tokens: Long?,
    /** In US dollars; only models whose price is known count. */
    public val usd: Double?,
) {
    /** The same for calls with this tag only. */
    public fun forTag(tag: String): Budget {
        require(tag.isNotBlank()) { "a tag must not be blank, but is '$tag'" }
        return Budget(tag, tokens, usd)
    }

    override fun equals(other: Any?): Boolean = other is Budget && tag == other.tag && tokens == other.tokens && usd == other.usd

    override fun hashCode(): Int = 31 * (31 * tag.hashCode() + tokens.hashCode()) + usd.hashCode()

    override fun toString(): String = listOfNotNull(tokens?.let { "$it tokens" }, usd?.let { "$$it" }).joinToString(" or ") +
        tag?.let { " for '$it'" }.orEmpty()

    public companion object {
        /** So many [tokens] of input and output together, for the whole client; at least 1. */
        @JvmStatic
        public fun ofTokens(tokens: Long): Budget {
            require(tokens >= 1) { "a budget must have at least 1 token, but has $tokens" }
            return Budget(null, tokens, null)
        }

        /** So many US dollars, for the whole client; more than 0. Models whose price is not known do not count. */
        @JvmStatic
        public fun ofUsd(usd: Double): Budget {
            require(usd > 0 && usd.isFinite()) { "a budget must be more than nothing, but is $usd" }
            return Budget(null, null, usd)
        }
    }
}
