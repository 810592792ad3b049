package dev.tandem.batch

import dev.tandem.batch.BatchResult.Effort
import dev.tandem.model.Usage
import kotlin.time.TimeSource

/** Counts what becomes of items. May be asked and told by several threads. */
internal class Tally(private val total: Long?, clock: TimeSource) {
    private val begun = clock.markNow()

    /** All of this is guarded by this object. */
    private var running = 0
    private var done = 0L
    private var failed = 0L
    private var resumed = 0L
    private var cached = 0L
    private var retries = 0L
    private var usage = Usage.NONE
    private var usd = 0.0
    private var damagedLines = 0
    private val pace = Pace(begun)

    @Synchronized
    fun damaged(lines: Int) {
        damagedLines = lines
    }

    @Synchronized
    fun began() {
        running++
    }

    /** It has come to nothing, and is nobody's. */
    @Synchronized
    fun gaveUp() {
        running--
    }

    @Synchronized
    fun ended(isDone: Boolean, effort: Effort) {
        if (isDone) done++ else failed++
        if (effort.isResumed) {
            resumed++
            return
        }
        running--
        if (effort.isCached) cached++
        retries += effort.retries
        usage += effort.usage
        usd += effort.usd ?: 0.0
        pace.step()
    }

    @Synchronized
    fun read(): BatchProgress = BatchProgress(
        total,
        done,
        failed,
        running,
        resumed,
        cached,
        retries,
        usage,
        usd,
        damagedLines,
        begun.elapsedNow(),
        pace.perSecond(),
    )
}
