package dev.tandem.workflow.run

import kotlin.time.TimeSource

/** Counts runs. */
internal class Tally(private val clock: TimeSource) {
    /** All of this is guarded by this object. */
    private var since = clock.markNow()
    private var successful = 0L
    private var failed = 0L
    private var cancelled = 0L
    private var millis = 0L

    @Synchronized
    fun ended(result: WorkflowResult) {
        when (result.state) {
            RunState.COMPLETED -> successful++
            RunState.CANCELLED -> cancelled++
            else -> failed++
        }
        millis += result.executionTimeMillis
    }

    @Synchronized
    fun read(settings: ExecutorSettings): ExecutorStats =
        ExecutorStats(successful, failed, cancelled, millis, since.elapsedNow().inWholeMilliseconds, settings)

    @Synchronized
    fun reset() {
        since = clock.markNow()
        successful = 0
        failed = 0
        cancelled = 0
        millis = 0
    }
}
