package dev.tandem.workflow.run

/** A tool that a node's model asked for. */
public class ToolUse internal constructor(
    public val tool: String,
    public val tookMillis: Long,
    /** What went wrong; null where it has a result. */
    public val error: String?,
) {
    override fun toString(): String = "$tool in $tookMillis ms${error?.let { ": $it" }.orEmpty()}"
}
