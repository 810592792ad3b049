package dev.tandem.resilience

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** When a call that takes long is made once more beside itself. The first item of either decides; the other is cancelled. */
public class Hedging private constructor(from: Builder) {
    /** Null for what nineteen of twenty calls have needed lately. */
    @get:JvmSynthetic
    public val after: Duration? = from.after

    /** At most so many of all calls are made twice, from 0 to 1. */
    public val share: Double = from.share

    override fun toString(): String = "Hedging(after ${after ?: "the 95th percentile"}, at most $share of all calls)"

    /** When, and how often. A value out of range is refused the moment it is set. */
    @TandemDsl
    public class Builder internal constructor() {
        /** How long a first item may take; null for what nineteen of twenty calls have needed lately, once there are enough. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var after: Duration? = null
            set(value) {
                require(value == null || (value.isPositive() && value.isFinite())) { "after must be positive, but is $value" }
                field = value
            }

        /** At most so many of all calls, from 0 to 1: each costs as much as a call. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var share: Double = 0.1
            set(value) {
                require(value in 0.0..1.0) { "share must be from 0 to 1, but is $value" }
                field = value
            }

        /** How long a first item may take. */
        public fun afterMillis(millis: Long): Builder = apply { after = millis.milliseconds }

        /** At most so many of all calls, from 0 to 1. */
        public fun share(share: Double): Builder = apply { this.share = share }

        /** What is set later does not change it. */
        public fun build(): Hedging = Hedging(this)
    }

    public companion object {
        /** Begins with what nineteen of twenty calls have needed lately, and a tenth of all calls. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
