package dev.tandem.model

import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/**
 * What the provider says is left of its limits. Null where it says nothing.
 *
 * @property requests how many may still be made.
 * @property tokens how many may still be used, by input and output.
 */
public class RateLimits(public val requests: Window?, public val tokens: Window?) {
    /** How much of something may still be used until [resetAfter] has passed. */
    public class Window internal constructor(
        /** How much there is in all. */
        public val limit: Long?,
        /** How much of it may still be used. */
        public val remaining: Long?,
        /** Until all of it is there again, counted from the answer. */
        @get:JvmSynthetic public val resetAfter: Duration?,
    ) {
        /** [resetAfter] in milliseconds. */
        public val resetAfterMillis: Long? get() = resetAfter?.inWholeMilliseconds

        override fun equals(other: Any?): Boolean =
            other is Window && limit == other.limit && remaining == other.remaining && resetAfter == other.resetAfter

        override fun hashCode(): Int = 31 * limit.hashCode() + remaining.hashCode()

        override fun toString(): String = "$remaining of $limit, reset after $resetAfter"
    }

    override fun equals(other: Any?): Boolean = other is RateLimits && requests == other.requests && tokens == other.tokens

    override fun hashCode(): Int = 31 * requests.hashCode() + tokens.hashCode()

    override fun toString(): String = "RateLimits(requests: $requests, tokens: $tokens)"
}
