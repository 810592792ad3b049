package dev.tandem.resilience

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** How much may be asked of one model within any minute. Null for no limit of ours. */
public class RateLimit private constructor(from: Builder) {
    /** Each attempt is one. */
    public val requestsPerMinute: Int? = from.requestsPerMinute

    /** Of prompts and answers together, as providers count. */
    public val tokensPerMinute: Long? = from.tokensPerMinute

    override fun equals(other: Any?): Boolean =
        other is RateLimit && requestsPerMinute == other.requestsPerMinute && tokensPerMinute == other.tokensPerMinute

    override fun hashCode(): Int = 31 * requestsPerMinute.hashCode() + tokensPerMinute.hashCode()

    override fun toString(): String = listOfNotNull(
        requestsPerMinute?.let { "$it requests" },
        tokensPerMinute?.let { "$it tokens" },
    ).joinToString(" and ").ifEmpty { "no limit" } + " per minute"

    /** How much it is. What is not set has no limit. */
    @TandemDsl
    public class Builder internal constructor() {
        /** Each attempt is one; null for no limit of ours. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var requestsPerMinute: Int? = null
            set(value) {
                require(value == null || value >= 1) { "requestsPerMinute must be at least 1, but is $value" }
                field = value
            }

        /** Of prompts and answers together, as providers count. A call is estimated first, and booked by its usage at the end. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var tokensPerMinute: Long? = null
            set(value) {
                require(value == null || value >= 1) { "tokensPerMinute must be at least 1, but is $value" }
                field = value
            }

        /** Each attempt is one; null for no limit of ours. */
        public fun requestsPerMinute(requests: Int?): Builder = apply { requestsPerMinute = requests }

        /** Of prompts and answers together, as providers count. */
        public fun tokensPerMinute(tokens: Long?): Builder = apply { tokensPerMinute = tokens }

        /** What is set later does not change it. */
        public fun build(): RateLimit = RateLimit(this)
    }

    public companion object {
        /** Begins without a limit. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
