package dev.tandem.resilience

import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlin.concurrent.Volatile
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

/** What calls have needed lately, so that one can tell which take long. */
internal class UsualTime {
    private val lock = platform.newLock()
    private val latest = LongArray(LATEST)
    private var count = 0

    /** What nineteen of twenty have needed, null before there are enough. */
    @Volatile var ofMost: Duration? = null
        private set

    fun add(took: Duration): Unit = lock.holding {
        latest[count++ % LATEST] = took.inWholeNanoseconds
        if (count == Int.MAX_VALUE) count = LATEST
        if (count >= ENOUGH && count % EACH == 0) ofMost = percentile(minOf(count, LATEST))
    }

    private fun percentile(size: Int): Duration {
        val sorted = latest.copyOf(size).apply { sort() }
        return sorted[size * 19 / 20].nanoseconds
    }

    private companion object {
        const val LATEST = 200
        const val ENOUGH = 20
        const val EACH = 10
    }
}
