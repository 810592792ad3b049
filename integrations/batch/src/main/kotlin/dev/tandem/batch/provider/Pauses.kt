package dev.tandem.batch.provider

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.math.pow
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** How long one waits from one look at a batch to the next, and how many looks may fail in a row. */
public class Pauses private constructor(from: Builder) {
    /** From the first look to the second. */
    @get:JvmSynthetic
    public val first: Duration = from.first

    /** Each pause is so many times as long as the one before. */
    public val factor: Double = from.factor

    /** No pause is longer. */
    @get:JvmSynthetic
    public val longest: Duration = from.longest

    /** So many looks may fail in a row. */
    public val failures: Int = from.failures

    /** The pause after so many. */
    internal fun after(pauses: Int): Duration = (first * factor.pow(pauses).coerceAtMost(ENOUGH)).coerceAtMost(longest)

    override fun toString(): String = "Pauses($first x $factor up to $longest)"

    /** A value out of range is refused the moment it is set. */
    public class Builder internal constructor() {
        /** From the first look to the second. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var first: Duration = 10.seconds
            set(value) {
                require(value.isPositive() && value.isFinite()) { "first must be longer than nothing, but is $value" }
                field = value
            }

        /** By which each pause is longer than the one before. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var factor: Double = 1.5
            set(value) {
                require(value >= 1 && value.isFinite()) { "factor must be at least 1, but is $value" }
                field = value
            }

        /** No pause is longer. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var longest: Duration = 5.minutes
            set(value) {
                require(value.isPositive() && value.isFinite()) { "longest must be longer than nothing, but is $value" }
                field = value
            }

        /** So many looks may fail in a row, each with the client's own retries: an outage need not end a wait of a day. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var failures: Int = 20
            set(value) {
                require(value >= 0) { "failures must not be negative, but is $value" }
                field = value
            }

        /** From the first look to the second. */
        public fun firstMillis(millis: Long): Builder = apply { first = millis.milliseconds }

        /** By which each pause is longer than the one before. */
        public fun factor(factor: Double): Builder = apply { this.factor = factor }

        /** No pause is longer. */
        public fun longestMillis(millis: Long): Builder = apply { longest = millis.milliseconds }

        /** So many looks may fail in a row. */
        public fun failures(count: Int): Builder = apply { failures = count }

        /** What is set later does not change it. */
        public fun build(): Pauses = Pauses(this)
    }

    public companion object {
        private const val ENOUGH = 1e9

        /** 10 seconds at first, half as long again each time, up to 5 minutes; 20 looks may fail in a row. */
        @JvmField
        public val DEFAULT: Pauses = Builder().build()

        /** Begins with [DEFAULT]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
