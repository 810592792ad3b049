package dev.tandem.workflow

import dev.tandem.resilience.RetryPolicy

/** A step of a workflow. It starts when all before it are over, and its output is what those after it may mention. */
public sealed class Node(from: NodeBuilder<*>) {
    /** Unique in its workflow. Templates call it by this. */
    public val name: String = from.name

    /** Another name to connect it and to find its output by, such as one that a drawing tool has given. The [name] unless set. */
    public val id: String = from.id ?: from.name

    /** Under which the output is among the variables of the result. The [name] unless set. */
    public val outputName: String = from.outputName ?: from.name

    /** Null for what the executor says, and for nodes that do no work of their own. */
    public val retry: RetryPolicy? = (from as? WorkNodeBuilder<*>)?.retry

    /** For each attempt. */
    public val timeoutMillis: Long? = from.timeoutMillis

    /** What becomes of the run when it has failed for good. */
    public val onFailure: FailurePolicy = from.onFailure

    /** Names or ids of nodes before this one, besides those that the workflow connects. */
    public val after: List<String> = from.after.toList()

    /** What it does, in a word: `agent`, `map` and so on. */
    public abstract val kind: String

    /** What is filled before it starts, by names for messages: `prompt`. */
    internal abstract val templates: Map<String, String>

    /** `agent 'summary'` */
    override fun toString(): String = "$kind '$name'"
}
