package dev.tandem.workflow.run

/** A tool that a node's model asked for. */
public class ToolUse internal constructor(
    /** Its name. */
    public val tool: String,
    /** As the model wrote them, so maybe no JSON; null where the executor does not keep what nodes were given. */
    public val arguments: String?,
    /** What the model got to read; null where it failed, or the executor does not keep it. */
    public val result: String?,
    /** What went wrong; null where it has a result. */
    public val error: String?,
    /** Since 1970; null where a journal of an earlier version does not tell. */
    public val startedAtMillis: Long?,
    /** From its start to its end; nothing where it was not run. */
    public val tookMillis: Long,
    /** Which of the model's answers asked for it, from 1, counting those that asked for tools; 0 where it is not known. */
    public val round: Int,
) {
    /** The name, how long it took, and what went wrong: neither arguments nor result. */
    override fun toString(): String = "$tool in $tookMillis ms${error?.let { ": $it" }.orEmpty()}"
}
