package dev.tandem.workflow.run

/** What an executor has done since it was made, or since its statistics were reset. */
public class ExecutorStats internal constructor(
    /** Runs that were completed. */
    public val successful: Long,
    /** Runs that failed, or took too long. */
    public val failed: Long,
    /** Given up by whoever started them; neither a success nor a failure. */
    public val cancelled: Long,
    /** Of all runs that are over, added up. */
    public val totalDurationMillis: Long,
    /** Since the executor was made, or since its statistics were reset. */
    public val uptimeMillis: Long,
    /** As they are for the next run. */
    public val settings: ExecutorSettings,
) {
    /** All that are over, well or not. */
    public val total: Long get() = successful + failed + cancelled

    /** From 0 to 1; 1 as long as nothing has ended. The same as in [dev.tandem.telemetry.Stats]: what was cancelled is not in it. */
    public val successRate: Double get() = if (successful + failed == 0L) 1.0 else successful.toDouble() / (successful + failed)

    /** 0 where nothing was run. */
    public val averageDurationMillis: Double get() = if (total == 0L) 0.0 else totalDurationMillis.toDouble() / total

    /** Of the [settings]. */
    public val mode: ExecutorMode get() = settings.mode

    override fun toString(): String =
        "ExecutorStats($total runs, $failed failed, $cancelled cancelled, $averageDurationMillis ms on the average)"
}
