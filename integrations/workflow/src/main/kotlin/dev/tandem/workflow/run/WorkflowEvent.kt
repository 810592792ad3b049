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

    /**
     * The first of all.
     *
     * @property workflow its name.
     */
    public class RunStarted internal constructor(moment: Moment, public val workflow: String) : WorkflowEvent(moment)

    /**
     * The last of a run that went well.
     *
     * @property result all that was done.
     */
    public class RunCompleted internal constructor(moment: Moment, public val result: WorkflowResult) : WorkflowEvent(moment)

    /**
     * The last of a run that failed or was cancelled.
     *
     * @property result all that was done, and why it is not more.
     */
    public class RunFailed internal constructor(moment: Moment, public val result: WorkflowResult) : WorkflowEvent(moment)

    /** It begins. Exactly one of completed, failed and skipped follows. */
    public class NodeStarted internal constructor(moment: Moment) : WorkflowEvent(moment)

    /**
     * It has an output.
     *
     * @property record what became of it.
     */
    public class NodeCompleted internal constructor(moment: Moment, public val record: NodeRecord) : WorkflowEvent(moment)

    /**
     * It has failed for good.
     *
     * @property record what became of it, and why.
     */
    public class NodeFailed internal constructor(moment: Moment, public val record: NodeRecord) : WorkflowEvent(moment)

    /**
     * Also of nodes that did not begin.
     *
     * @property record what became of it, and the reason.
     */
    public class NodeSkipped internal constructor(moment: Moment, public val record: NodeRecord) : WorkflowEvent(moment)

    /**
     * An attempt has failed, and another one comes.
     *
     * @property attempt the number of the one that comes, from 2.
     * @property error what the last one failed of.
     */
    public class NodeRetried internal constructor(moment: Moment, public val attempt: Int, public val error: Throwable) :
        WorkflowEvent(moment)

    /**
     * Somebody has to say yes or no, see [WorkflowRun.decide].
     *
     * @property question as people are to read it, with all that its template mentions.
     */
    public class ApprovalAsked internal constructor(moment: Moment, public val question: String) : WorkflowEvent(moment)

    /** A request goes out to a model. */
    public class LlmCallStarted internal constructor(
        moment: Moment,
        /** Who is asked, as messages name it. */
        public val provider: String,
        /** Which is asked for; "" where the request names none, such as one of your own. */
        public val model: String,
    ) : WorkflowEvent(moment)

    /** What became of the request. */
    public class LlmCallCompleted internal constructor(
        moment: Moment,
        /** What is known of the request now that it is over. */
        public val call: ModelCall,
        /** Null where it was answered. */
        public val error: Throwable?,
    ) : WorkflowEvent(moment) {
        /** Of this one request; zero where nothing is known of it. */
        public val usage: Usage get() = call.usage
    }

    /** A tool of the model's begins. */
    public class ToolCallStarted internal constructor(
        moment: Moment,
        /** Its name. */
        public val tool: String,
        /** As the model wrote them; null where the executor does not keep what nodes were given. */
        public val arguments: String?,
    ) : WorkflowEvent(moment)

    /**
     * A tool has a result.
     *
     * @property call what was asked of it, and what it gave.
     */
    public class ToolCallCompleted internal constructor(moment: Moment, public val call: ToolUse) : WorkflowEvent(moment) {
        /** Its name. */
        public val tool: String get() = call.tool

        /** From its start to its end. */
        public val tookMillis: Long get() = call.tookMillis
    }

    /**
     * A tool has no result, and the model or the run hears why.
     *
     * @property call what was asked of it.
     * @property error what it has thrown.
     */
    public class ToolCallFailed internal constructor(moment: Moment, public val call: ToolUse, public val error: Throwable) :
        WorkflowEvent(moment) {
            /** Its name. */
            public val tool: String get() = call.tool

            /** From its start to its end; nothing where it was not run. */
            public val tookMillis: Long get() = call.tookMillis
        }

    /**
     * A piece of what a node's model says.
     *
     * @property text the new piece of it.
     */
    public class Token internal constructor(moment: Moment, public val text: String) : WorkflowEvent(moment)

    /**
     * A reader that was too slow has missed so many tokens, and nothing else.
     *
     * @property count how many.
     */
    public class TokensMissed internal constructor(moment: Moment, public val count: Long) : WorkflowEvent(moment)
}
