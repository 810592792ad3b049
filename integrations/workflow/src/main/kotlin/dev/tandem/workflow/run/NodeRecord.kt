package dev.tandem.workflow.run

import dev.tandem.model.Usage
import kotlinx.serialization.json.JsonElement

/** What became of one node in one run. */
public class NodeRecord internal constructor(
    /** As the workflow has it. */
    public val name: String,
    /** `agent`, `map` and so on. */
    public val kind: String,
    /** How it ended. */
    public val state: NodeState,
    /** What it was given, such as the whole prompt; null where it was not begun, or the executor does not keep it. */
    public val input: String?,
    /** Null where it has none. */
    public val output: JsonElement?,
    /** Why it failed; also where a fallback took its place. */
    public val error: Throwable?,
    /** Null where it was not skipped. */
    public val skipReason: SkipReason?,
    /** Each attempt of this run, in their order. */
    public val timeline: List<Execution>,
    private val span: Execution?,
    /** Of all its requests, those of attempts that failed included. */
    public val usage: Usage,
    /** In the order in which they were over. */
    public val toolCalls: List<ToolUse>,
    /** Each request to a model, in the order in which they were over; also those of a resumed node's earlier run. */
    public val modelCalls: List<ModelCall>,
    /** It was done by an earlier run with the same journal. */
    public val isResumed: Boolean,
) {
    /** How often it was tried again. */
    public val retries: Int get() = (timeline.size - 1).coerceAtLeast(0)

    /** Since 1970; null where it was not begun. */
    public val startedAtMillis: Long? get() = span?.startedAtMillis ?: timeline.minOfOrNull { it.startedAtMillis }

    /** From its start, or that of its first attempt, to its end. */
    public val durationMillis: Long
        get() = span?.tookMillis ?: timeline.maxOfOrNull { it.startedAtMillis + it.tookMillis }?.let { it - (startedAtMillis ?: it) } ?: 0

    override fun toString(): String = "$kind '$name': $state in $durationMillis ms"
}
