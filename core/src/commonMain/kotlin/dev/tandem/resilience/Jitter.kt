package dev.tandem.resilience

import kotlin.random.Random
import kotlin.time.Duration

/** How much of a pause is left to chance, so that callers who failed together do not come back together. */
public enum class Jitter {
    /** Always the whole pause. */
    NONE,

    /** From half of the pause to all of it. */
    HALF,

    /** From nothing to the whole pause: spreads callers best. */
    FULL,
    ;

    internal fun of(pause: Duration, random: Random): Duration = when (this) {
        NONE -> pause
        HALF -> pause * (0.5 + random.nextDouble() / 2)
        FULL -> pause * random.nextDouble()
    }
}
