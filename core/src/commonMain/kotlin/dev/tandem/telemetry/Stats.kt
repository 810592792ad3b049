package dev.tandem.telemetry

import dev.tandem.pipeline.CircuitState
import kotlin.math.roundToLong

/** What a client has done since it was made, or since its last reset. Calls still under way are in no figure but [inFlight]. */
public class Stats internal constructor(
    /** Calls that have their whole answer. */
    public val successful: Long,
    /** Calls that ended in an exception. */
    public val failed: Long,
    /** Given up by the caller; neither a success nor a failure. */
    public val cancelled: Long,
    /** Calls under way at this moment. */
    public val inFlight: Long,
    /** Of successful calls; a stream counts until its last item. */
    public val averageLatencyMillis: Double,
    /** Of successful calls; a stream counts until its last item. Accurate to about a tenth. */
    public val p50LatencyMillis: Double,
    /** As [p50LatencyMillis], of all but the slowest twentieth. */
    public val p95LatencyMillis: Double,
    /** As [p50LatencyMillis], of all but the slowest hundredth. */
    public val p99LatencyMillis: Double,
    /** Until the first event of a stream, or the whole of a plain answer. */
    public val p50FirstItemMillis: Double,
    /** As [p50FirstItemMillis], of all but the slowest twentieth. */
    public val p95FirstItemMillis: Double,
    /** How fast models speak to one caller, on the average: of streams from their first event on. */
    public val tokensPerSecond: Double,
    /** Of all calls that have ended, as their providers counted. */
    public val inputTokens: Long,
    /** Of all calls that have ended, as their providers counted. */
    public val outputTokens: Long,
    /** Since the client was made, or since its last reset. */
    public val uptimeMillis: Long,
    /** What its circuit breaker thinks of the client's first target; CLOSED without one. */
    public val circuit: CircuitState,
) {
    /** All that have ended, well or not. */
    public val total: Long get() = successful + failed + cancelled

    /** From 0 to 1; 1 as long as nothing has ended. */
    public val successRate: Double
        get() = if (successful + failed == 0L) 1.0 else successful.toDouble() / (successful + failed)

    override fun toString(): String = "Stats($successful ok, $failed failed, $cancelled cancelled, $inFlight in flight, " +
        "latency ms: avg ${tenths(averageLatencyMillis)} p50 ${tenths(p50LatencyMillis)} " +
        "p95 ${tenths(p95LatencyMillis)} p99 ${tenths(p99LatencyMillis)}, " +
        "tokens: $inputTokens in, $outputTokens out, circuit $circuit)"

    private fun tenths(value: Double) = (value * 10).roundToLong() / 10.0
}
