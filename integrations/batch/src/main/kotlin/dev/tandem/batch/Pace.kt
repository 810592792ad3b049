package dev.tandem.batch

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit
import kotlin.time.TimeMark

/** How many steps a second there were of late: over the last minute, and since the beginning where that is not so long ago. */
internal class Pace(private val begun: TimeMark) {
    private val counts = LongArray(SLICES)
    private var slice = 0L

    fun step() {
        turnTo(begun.elapsedNow())
        counts[(slice % SLICES).toInt()]++
    }

    fun perSecond(): Double {
        val now = begun.elapsedNow()
        turnTo(now)
        val window = minOf(now, SLICE * (SLICES - 1) + (now - SLICE * slice.toInt()))
        return if (window > Duration.ZERO) counts.sum() / window.toDouble(DurationUnit.SECONDS) else 0.0
    }

    private fun turnTo(now: Duration) {
        val current = (now / SLICE).toLong()
        if (current - slice >= SLICES) counts.fill(0)
        slice = maxOf(slice, current - SLICES)
        while (slice < current) counts[(++slice % SLICES).toInt()] = 0
    }

    private companion object {
        const val SLICES = 12
        val SLICE = 5.seconds
    }
}
