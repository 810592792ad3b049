package dev.tandem.resilience

import dev.tandem.model.RateLimits
import kotlin.math.ceil
import kotlin.time.Duration.Companion.seconds

/**
 * What a provider says is left of its own limit, less what has been sent since. It comes back bit by bit until the limit is
 * whole again; of a limit that is not told, all of it then. Not for several threads at once.
 */
internal class Allowance {
    private var left = WHOLE
    private var whole = WHOLE

    /** When [left] was so, and what comes back in each nanosecond since, until it is all there. */
    private var at = 0L
    private var perNano = 0.0
    private var until = 0L

    /** Answers overtake one another, so the lower of two counts. */
    fun heard(window: RateLimits.Window, now: Long) {
        val remaining = window.remaining ?: return
        val reset = window.resetAfter?.coerceIn(0.seconds, LONGEST)?.inWholeNanoseconds ?: return
        val before = leftAt(now)
        whole = window.limit?.toDouble() ?: WHOLE
        perNano = if (window.limit == null || reset == 0L) 0.0 else (whole - remaining).coerceAtLeast(0.0) / reset
        until = now + reset
        left = minOf(before, remaining.toDouble())
        at = now
    }

    /** How long after [now], in nanoseconds, so much may be used. More than the whole never is there, and goes when all is. */
    fun waitFor(amount: Long, now: Long): Long {
        val missing = minOf(amount.toDouble(), whole) - leftAt(now)
        if (missing < NOTHING) return 0
        val atLast = (until - now).coerceAtLeast(1)
        return if (perNano > 0) ceil(missing / perNano).toLong().coerceIn(1, atLast) else atLast
    }

    fun went(amount: Long, now: Long) {
        if (left == WHOLE) return
        left = (leftAt(now) - amount).coerceAtLeast(0.0)
        at = now
    }

    private fun leftAt(now: Long): Double = when {
        left == WHOLE || now >= until -> whole
        else -> (left + (now - at) * perNano).coerceAtMost(whole)
    }

    private companion object {
        const val WHOLE = Double.MAX_VALUE

        /** What comes back in parts of parts does not add up to the last digit. */
        const val NOTHING = 1e-6

        /** Whoever says that it takes longer is asked again all the same. */
        val LONGEST = 60.seconds
    }
}
