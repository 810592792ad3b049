package dev.tandem.resilience

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** When a target that keeps failing is left alone, for how long, and how it is tried again. */
public class CircuitBreaker private constructor(from: Builder) {
    /** So many in a row open it. */
    public val failures: Int = from.failures

    /** For so long nothing is sent. */
    @get:JvmSynthetic
    public val pause: Duration = from.pause

    /** After the pause so many may go at the same time, and so many have to succeed. */
    public val probes: Int = from.probes

    override fun toString(): String = "CircuitBreaker(open for $pause after $failures failures in a row, then $probes probes)"

    /** When it opens and closes. A value out of range is refused the moment it is set. */
    @TandemDsl
    public class Builder internal constructor() {
        /** So many in a row open it. Only those count that the target is to blame for: no wrong request, no 429. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var failures: Int = 5
            set(value) {
                require(value >= 1) { "failures must be at least 1, but is $value" }
                field = value
            }

        /** For so long nothing is sent. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var pause: Duration = 30.seconds
            set(value) {
                require(value.isPositive() && value.isFinite()) { "pause must be positive, but is $value" }
                field = value
            }

        /** After the pause so many may go at the same time, and so many have to succeed. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var probes: Int = 1
            set(value) {
                require(value >= 1) { "probes must be at least 1, but is $value" }
                field = value
            }

        /** So many in a row open it. */
        public fun failures(failures: Int): Builder = apply { this.failures = failures }

        /** For so long nothing is sent. */
        public fun pauseMillis(millis: Long): Builder = apply { pause = millis.milliseconds }

        /** After the pause so many may go at the same time, and so many have to succeed. */
        public fun probes(probes: Int): Builder = apply { this.probes = probes }

        /** What is set later does not change it. */
        public fun build(): CircuitBreaker = CircuitBreaker(this)
    }

    public companion object {
        /** Open for 30 seconds after 5 failures in a row, then 1 probe. */
        @JvmField public val DEFAULT: CircuitBreaker = Builder().build()

        /** Begins with [DEFAULT]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
