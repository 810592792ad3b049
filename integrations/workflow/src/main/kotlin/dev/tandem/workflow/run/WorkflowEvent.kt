package dev.tandem.workflow.run

import dev.tandem.model.Usage

/** What happens in a run. There will be more kinds: whoever looks at the kind has an `else`. */
public sealed class WorkflowEvent private constructor(private val moment: Moment) {
    /** The same in all events of a run, and in its result. */
    public val runId: String get() = moment.runId

    /** When it happened, since 1970. What is told later may have happened earlier: nodes do not wait for each other. */
    public val atMillis: Long get() = moment.atMillis

    /** Null where it is about the run. Of a workflow within it: `outer/inner`. */
    public val node: String? get() = moment.node

    /** The kind, and what it is about. Holds no prompt and no output. */
    override fun toString(): String = "${this::class.simpleName}(${node.orEmpty()})"

    /** The first of all. */
    public class RunStarted internal constructor(moment: Moment, public val workflow: String) : WorkflowEvent(moment)

    /** The last of a run that went well. */
    public class RunCompleted internal constructor(moment: Moment, public val result: WorkflowResult) : WorkflowEvent(moment)

    /** The last of a run that failed or was cancelled. */
    public class RunFailed internal constructor(moment: Moment, public val result: WorkflowResult) : WorkflowEvent(moment)

    /** It begins. Exactly one of completed, failed and skipped follows. */
    public class NodeStarted internal constructor(moment: Moment) : WorkflowEvent(moment)

    public class NodeCompleted internal constructor(moment: Moment, public val record: NodeRecord) : WorkflowEvent(moment)

    public class NodeFailed internal constructor(moment: Moment, public val record: NodeRecord) : WorkflowEvent(moment)

    /** Also of nodes that did not begin. */
    public class NodeSkipped internal constructor(moment: Moment, public val record: NodeRecord) : WorkflowEvent(moment)

    /** An attempt has failed, and another one comes. */
    public class NodeRetried internal constructor(moment: Moment, public val attempt: Int, public val error: Throwable) :
        WorkflowEvent(moment)

    /** Somebody has to say yes or no, see [WorkflowRun.decide]. */
    public class ApprovalAsked internal constructor(moment: Moment, public val question: String) : WorkflowEvent(moment)

    /** A request goes out to a model. */
    public class LlmCallStarted internal constructor(
        moment: Moment,
        public val provider: String,
        /** Which is asked for; "" where the request names none, such as one of your own. */
        public val model: String,
    ) : WorkflowEvent(moment)

    /** What became of the request. */
    public class LlmCallCompleted internal constructor(
        moment: Moment,
        public val call: ModelCall,
        /** Null where it was answered. */
        public val error: Throwable?,
    ) : WorkflowEvent(moment) {
        public val usage: Usage get() = call.usage
    }

    public class ToolCallStarted internal constructor(
        moment: Moment,
        public val tool: String,
        /** As the model wrote them; null where the executor does not keep what nodes were given. */
        public val arguments: String?,
    ) : WorkflowEvent(moment)

    public class ToolCallCompleted internal constructor(moment: Moment, public val call: ToolUse) : WorkflowEvent(moment) {
        public val tool: String get() = call.tool
        public val tookMillis: Long get() = call.tookMillis
    }

    public class ToolCallFailed internal constructor(moment: Moment, public val call: ToolUse, public val error: Throwable) :
        WorkflowEvent(moment) {
            public val tool: String get() = call.tool
            public val tookMillis: Long get() = call.tookMillis
        }

    /** A piece of what a node's model says. */
    public class Token internal constructor(moment: Moment, public val text: String) : WorkflowEvent(moment)

    /** A reader that was too slow has missed so many tokens, and nothing else. */
    public class TokensMissed internal constructor(moment: Moment, public val count: Long) : WorkflowEvent(moment)
}
