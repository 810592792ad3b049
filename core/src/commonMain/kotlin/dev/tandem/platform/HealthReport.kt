package dev.tandem.platform

import kotlin.jvm.JvmSynthetic

/** Whether this process can do its work. Nothing is sent to find out. */
public class HealthReport internal constructor(
    /** The client is open. */
    public val isRuntimeHealthy: Boolean,
    /** What the heap may grow to. */
    public val memoryTotalBytes: Long,
    /** What can still be had of it. */
    public val memoryAvailableBytes: Long,
    /** At least a twentieth of the heap can still be had. */
    public val isMemoryHealthy: Boolean,
    /** When this was measured, in milliseconds since 1970. */
    public val timestampMillis: Long,
) {
    /** The client is open, and there is memory. */
    public val isHealthy: Boolean get() = isRuntimeHealthy && isMemoryHealthy

    @JvmSynthetic
    internal fun withRuntime(healthy: Boolean) =
        HealthReport(healthy, memoryTotalBytes, memoryAvailableBytes, isMemoryHealthy, timestampMillis)

    override fun toString(): String = "${if (isHealthy) "healthy" else "unhealthy"}: runtime $isRuntimeHealthy, memory $isMemoryHealthy " +
        "($memoryAvailableBytes of $memoryTotalBytes bytes available)"
}
