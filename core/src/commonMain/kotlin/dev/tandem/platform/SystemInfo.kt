package dev.tandem.platform

/** Where this library runs. */
public class SystemInfo internal constructor(
    public val version: String,
    /** `JVM` or `Android`, with its version. */
    public val runtime: String,
    public val cpuCount: Int,
    /** Live threads of the whole process. */
    public val threadCount: Int,
    /** Since this library was loaded. */
    public val uptimeMillis: Long,
    public val memoryUsedBytes: Long,
    public val memoryMaxBytes: Long,
) {
    override fun toString(): String = "Tandem $version on $runtime, $cpuCount CPUs, $threadCount threads, up $uptimeMillis ms, " +
        "memory $memoryUsedBytes of $memoryMaxBytes bytes"
}
