package dev.tandem.platform

/** Where this library runs. */
public class SystemInfo internal constructor(
    /** Of this library, such as `1.0.0`. */
    public val version: String,
    /** `JVM` or `Android`, with its version. */
    public val runtime: String,
    /** As many as the process may use. */
    public val cpuCount: Int,
    /** Live threads of the whole process. */
    public val threadCount: Int,
    /** Since this library was loaded. */
    public val uptimeMillis: Long,
    /** Of the heap, with what nobody needs any more. */
    public val memoryUsedBytes: Long,
    /** What the heap may grow to. */
    public val memoryMaxBytes: Long,
) {
    override fun toString(): String = "Tandem $version on $runtime, $cpuCount CPUs, $threadCount threads, up $uptimeMillis ms, " +
        "memory $memoryUsedBytes of $memoryMaxBytes bytes"
}
