package dev.tandem.resilience

import kotlin.jvm.JvmStatic

/** How many calls to one model may be under way at the same time. */
public class Concurrency private constructor(
    /** Null where the provider's own behaviour decides. */
    internal val fixed: Int?,
    internal val first: Int,
    internal val most: Int,
) {
    /** The largest number there may be. */
    public val limit: Int get() = most

    /** For whoever lets things through by these rules himself. */
    public fun newSlots(): Slots = Slots(this)

    override fun toString(): String = fixed?.let { "at most $it calls at once" } ?: "as many calls at once as go well, at most $most"

    public companion object {
        private const val FIRST = 8

        /** The same number all the time, at least 1. */
        @JvmStatic
        public fun atMost(calls: Int): Concurrency {
            require(calls >= 1) { "concurrency must be at least 1, but is $calls" }
            return Concurrency(calls, calls, calls)
        }

        /**
         * Begins with a few, allows one more after each round that went well, and a third less when the provider refuses or
         * becomes slow.
         */
        @JvmStatic
        public fun adaptive(most: Int): Concurrency {
            require(most >= 1) { "concurrency must be at least 1, but is $most" }
            return Concurrency(null, minOf(FIRST, most), most)
        }
    }
}
