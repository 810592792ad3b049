package dev.tandem.workflow.run

import dev.tandem.model.Usage

/** What happens in a run. There will be more kinds: whoever looks at the kind has an `else`. */
public sealed class WorkflowEvent(
    /** Null where it is about the run. Of a workflow within it: `outer/inner`. */
    public val node: String?,
) {
    /** The kind, and what it is about. Holds no prompt and no output. */
    override fun toString(): String = "${this::class.simpleName}(${node.orEmpty()})"

    /** The first of all. */
    public class RunStarted internal constructor(public val runId: String, public val workflow: String) : WorkflowEvent(null)

    /** The last of a run that went well. */
    public class RunCompleted internal constructor(public val result: WorkflowResult) : WorkflowEvent(null)

    /** The last of a run that failed or was cancelled. */
    public class RunFailed internal constructor(public val result: WorkflowResult) : WorkflowEvent(null)

    /** It begins. Exactly one of completed, failed and skipped follows. */
    public class NodeStarted internal constructor(node: String) : WorkflowEvent(node)

    public class NodeCompleted internal constructor(node: String, public val record: NodeRecord) : WorkflowEvent(node)

    public class NodeFailed internal constructor(node: String, public val record: NodeRecord) : WorkflowEvent(node)

    /** Also of nodes that did not begin. */
    public class NodeSkipped internal constructor(node: String, public val record: NodeRecord) : WorkflowEvent(node)

    /** An attempt has failed, and another one comes. */
    public class NodeRetried internal constructor(node: String, public val attempt: Int, public val error: Throwable) : WorkflowEvent(node)

    /** Somebody has to say yes or no, see [WorkflowRun.decide]. */
    public class ApprovalAsked internal constructor(node: String, public val question: String) : WorkflowEvent(node)

    /** A request goes out to a model. */
    public class LlmCallStarted internal constructor(node: String, public val provider: String) : WorkflowEvent(node)

    /** [error] null where it was answered. */
    public class LlmCallCompleted internal constructor(node: String, public val usage: Usage, public val error: Throwable?) :
        WorkflowEvent(node)

    public class ToolCallStarted internal constructor(node: String, public val tool: String) : WorkflowEvent(node)

    public class ToolCallCompleted internal constructor(node: String, public val tool: String, public val tookMillis: Long) :
        WorkflowEvent(node)

    public class ToolCallFailed internal constructor(
        node: String,
        public val tool: String,
        public val tookMillis: Long,
        public val error: Throwable,
    ) : WorkflowEvent(node)

    /** A piece of what a node's model says. */
    public class Token internal constructor(node: String, public val text: String) : WorkflowEvent(node)

    /** A reader that was too slow has missed so many tokens, and nothing else. */
    public class TokensMissed internal constructor(public val count: Long) : WorkflowEvent(null)
}
