package dev.tandem.workflow.run

/** One attempt of a node. */
public class Execution internal constructor(
    /** Since 1970. */
    public val startedAtMillis: Long,
    /** From its start to its end, without waiting for its turn. */
    public val tookMillis: Long,
    /** What went wrong; null where it went well. */
    public val error: String?,
) {
    override fun toString(): String = "$tookMillis ms${error?.let { ": $it" }.orEmpty()}"
}
