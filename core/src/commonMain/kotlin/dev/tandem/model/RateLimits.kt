package dev.tandem.model

import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/** What the provider says is left of its limits. Null where it says nothing. */
public class RateLimits(public val requests: Window?, public val tokens: Window?) {
    /** How much of something may still be used until [resetAfter] has passed. */
    public class Window internal constructor(
        public val limit: Long?,
        public val remaining: Long?,
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
