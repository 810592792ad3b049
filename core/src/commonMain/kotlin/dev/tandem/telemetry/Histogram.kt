package dev.tandem.telemetry

import kotlin.concurrent.atomics.AtomicLongArray
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.concurrent.atomics.incrementAndFetchAt
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

/** Counts durations in buckets an eighth of a power of two wide, so any percentile is right within about 9 %. No locks. */
@OptIn(ExperimentalAtomicApi::class)
internal class Histogram {
    private val buckets = AtomicLongArray(Long.SIZE_BITS * STEPS)

    fun add(duration: Duration) {
        buckets.incrementAndFetchAt(bucketOf(duration.inWholeNanoseconds.coerceAtLeast(0)))
    }

    /** The duration that [share] of all that were added do not exceed. */
    fun percentile(share: Double): Duration {
        val counts = LongArray(buckets.size) { buckets.loadAt(it) }
        val rank = share * counts.sum()
        if (rank == 0.0) return Duration.ZERO
        var seen = 0L
        for (bucket in counts.indices) {
            seen += counts[bucket]
            if (seen >= rank) return middleOf(bucket).nanoseconds
        }
        return Duration.ZERO
    }

    private fun bucketOf(nanos: Long): Int {
        if (nanos < STEPS) return nanos.toInt()
        val power = Long.SIZE_BITS - 1 - nanos.countLeadingZeroBits()
        val step = (nanos ushr (power - STEP_BITS)).toInt() - STEPS
        return (power - STEP_BITS + 1) * STEPS + step
    }

    private fun middleOf(bucket: Int): Double {
        if (bucket < STEPS) return bucket.toDouble()
        val shift = bucket / STEPS - 1
        val low = (STEPS + bucket % STEPS).toLong() shl shift
        return low + (1L shl shift) / 2.0
    }

    private companion object {
        const val STEP_BITS = 3
        const val STEPS = 1 shl STEP_BITS
    }
}
