package dev.tandem.workflow.format

import dev.tandem.model.TandemDsl
import dev.tandem.model.ToolDefinition
import dev.tandem.model.ToolPolicy
import dev.tandem.resilience.RetryPolicy
import dev.tandem.structured.AnswerType
import dev.tandem.workflow.NodeFunction

/** What of workflows is code, by the names that files have for it. */
public class WorkflowParts private constructor(from: Builder) {
    /** What nodes mean by their `function`. */
    public val functions: Map<String, NodeFunction> = from.functions.toMap()

    /** What agents mean by their `tools`. */
    public val tools: Map<String, ToolDefinition> = from.tools.toMap()

    /** What agents mean by their `answer`. */
    public val answers: Map<String, AnswerType<*>> = from.answers.toMap()

    /** What nodes mean by their `retry`. */
    public val retryPolicies: Map<String, RetryPolicy> = from.retries.toMap()

    /** What agents mean by their `toolPolicy`. */
    public val toolPolicies: Map<String, ToolPolicy> = from.toolPolicies.toMap()

    override fun toString(): String = "WorkflowParts(functions ${functions.keys}, tools ${tools.keys}, answers ${answers.keys}, " +
        "retry policies ${retryPolicies.keys}, tool policies ${toolPolicies.keys})"

    /** Collects them. A name that is taken is refused the moment it is set. */
    @TandemDsl
    public class Builder internal constructor() {
        internal val functions = LinkedHashMap<String, NodeFunction>()
        internal val tools = LinkedHashMap<String, ToolDefinition>()
        internal val answers = LinkedHashMap<String, AnswerType<*>>()
        internal val retries = LinkedHashMap<String, RetryPolicy>()
        internal val toolPolicies = LinkedHashMap<String, ToolPolicy>()

        /** For nodes whose `function` is [name]. */
        public fun function(name: String, function: NodeFunction): Builder = apply { add("function", name, function, functions) }

        /** For agents that have its name among their `tools`. */
        public fun tool(tool: ToolDefinition): Builder = apply { add("tool", tool.name, tool, tools) }

        /** For agents whose `answer` is the type's name. */
        public fun answer(type: AnswerType<*>): Builder = answer(type.name, type)

        /** For agents whose `answer` is [name]: lists and the like have no names of their own. */
        public fun answer(name: String, type: AnswerType<*>): Builder = apply { add("answer", name, type, answers) }

        /** For nodes whose `retry` is [name]; needed where the policy has a function. */
        public fun retry(name: String, policy: RetryPolicy): Builder = apply { add("retry policy", name, policy, retries) }

        /** For agents whose `toolPolicy` is [name]; needed where the policy has an approval. */
        public fun toolPolicy(name: String, policy: ToolPolicy): Builder = apply { add("tool policy", name, policy, toolPolicies) }

        /** What is added later does not change it. */
        public fun build(): WorkflowParts = WorkflowParts(this)

        private fun <T> add(what: String, name: String, part: T, parts: MutableMap<String, T>) {
            require(name.isNotBlank()) { "the name of a $what must not be blank, but is '$name'" }
            require(name !in parts) { "there are two parts of the kind $what named '$name': rename one of them" }
            parts[name] = part
        }
    }

    public companion object {
        /** For workflows without code. */
        @JvmField public val NONE: WorkflowParts = Builder().build()

        /** Begins without any part. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
