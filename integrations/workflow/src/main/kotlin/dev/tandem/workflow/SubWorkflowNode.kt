package dev.tandem.workflow

/**
 * A workflow as a node of another. Its output is that of its last node, or an object of theirs by their output names where there are several.
 *
 * @property workflow as it was built, so without problems of its own.
 */
public class SubWorkflowNode private constructor(from: Builder, public val workflow: Workflow) : Node(from) {
    /** Its inputs by templates of this workflow. */
    public val inputs: Map<String, String> = from.inputs.toMap()
    override val kind: String get() = "workflow"
    override val templates: Map<String, String> = inputs.mapKeys { (name, _) -> "input '$name'" }

    /** What it is given. */
    public class Builder internal constructor(name: String) : NodeBuilder<Builder>(name) {
        internal val inputs = LinkedHashMap<String, String>()

        /** [template] alone, such as `{{node.plan}}`, gives the thing itself, not its text. */
        public fun input(name: String, template: String): Builder = apply { inputs[name] = template }

        /** [workflow] is run within this one, by the same executor. */
        public fun build(workflow: Workflow): SubWorkflowNode = SubWorkflowNode(this, workflow)
    }

    public companion object {
        /** Begins without inputs. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)
    }
}
