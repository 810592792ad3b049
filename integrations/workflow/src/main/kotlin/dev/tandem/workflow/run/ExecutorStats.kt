package dev.tandem.workflow.run

/** What an executor has done since it was made, or since its statistics were reset. */
public class ExecutorStats internal constructor(
    public val total: Long,
    public val successful: Long,
    public val failed: Long,
    public val totalDurationMillis: Long,
    public val uptimeMillis: Long,
    public val settings: ExecutorSettings,
) {
    /** From 0 to 1; 0 where nothing was run. */
    public val successRate: Double get() = if (total == 0L) 0.0 else successful.toDouble() / total

    /** 0 where nothing was run. */
    public val averageDurationMillis: Double get() = if (total == 0L) 0.0 else totalDurationMillis.toDouble() / total
    public val mode: ExecutorMode get() = settings.mode

    override fun toString(): String = "ExecutorStats($total runs, $failed failed, $averageDurationMillis ms on the average)"
}
