package dev.tandem.workflow

/**
 * Waits until somebody says yes or no, for as long as it takes, also over restarts. Its output is who it was and what they said, by
 * the fields `by` and `comment`; a no is the node's failure.
 */
public class ApprovalNode private constructor(from: Builder) : Node(from) {
    /** What is asked. */
    public val question: String =
        requireNotNull(from.question) { "approval '$name' asks nothing: set question(\"May {{node.plan}} be done?\")" }
    override val kind: String get() = "approval"
    override val templates: Map<String, String> = mapOf("question" to question)

    /** What is asked. */
    public class Builder internal constructor(name: String) : NodeBuilder<Builder>(name) {
        /** A template, such as `May {{node.plan}} be done?`. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var question: String? = null

        /** A template, such as `May {{node.plan}} be done?`. */
        public fun question(template: String): Builder = apply { question = template }

        /** Throws [IllegalArgumentException] where there is no question. */
        public fun build(): ApprovalNode = ApprovalNode(this)
    }

    public companion object {
        /** Begins without a question. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** [question] is a template. */
        @JvmStatic
        public fun of(name: String, question: String): ApprovalNode = builder(name).question(question).build()
    }
}
