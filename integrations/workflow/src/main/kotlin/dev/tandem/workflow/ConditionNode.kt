package dev.tandem.workflow

import dev.tandem.model.TandemDsl

/**
 * Chooses which of the nodes after it are run. The others are skipped, with all that comes after them alone; where branches meet
 * again, what has come is enough. Its output is the list of those chosen.
 */
public class ConditionNode private constructor(from: Builder, internal val function: NodeFunction?) : Node(from) {
    /** By which a workflow that is loaded from a file finds the function; null where it goes by [cases]. */
    public val functionName: String? = if (function == null) null else from.functionName ?: from.name

    /** What is compared with the cases; null where a function chooses. */
    public val on: String? = from.on

    /** The first one that fits is taken. */
    public val cases: List<Case> = from.cases.toList()

    /** Chosen where no case fits; null for none. */
    public val otherwise: String? = from.otherwise
    override val kind: String get() = "condition"
    override val templates: Map<String, String> = if (on == null) emptyMap() else mapOf("condition" to on)

    /** The names of nodes that its cases speak of. They come after it without being connected. */
    internal val targets: List<String> get() = (cases.map { it.target } + listOfNotNull(otherwise)).distinct()

    init {
        require(
            function != null || on != null,
        ) { "condition '$name' has nothing to go by: set on(\"{{node.kind}}\") and cases, or a function" }
        require(function == null || (on == null && cases.isEmpty())) { "condition '$name' has a function and cases: leave one of them out" }
        require(function != null || targets.isNotEmpty()) { "condition '$name' has no case: add one by branch(\"a value\", \"a node\")" }
    }

    /**
     * Where [value] is what the template says, apart from space around it and upper case, [target] is run.
     *
     * @property value what the template has to say, apart from space around it and upper case.
     * @property target the node that is run then, by name or id.
     */
    public class Case internal constructor(public val value: String, public val target: String) {
        internal fun fits(text: String) = text.trim().equals(value.trim(), ignoreCase = true)
    }

    /** How it chooses. */
    @TandemDsl
    public class Builder internal constructor(name: String) : WorkNodeBuilder<Builder>(name) {
        internal val cases = ArrayList<Case>()
        internal var functionName: String? = null

        /** What is compared with the cases, such as `{{node.kind}}`. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var on: String? = null

        /** Chosen where no case fits; none unless set, and then all after it are skipped. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var otherwise: String? = null

        /** What is compared with the cases, such as `{{node.kind}}`. */
        public fun on(template: String): Builder = apply { on = template }

        /** Where the template says [value], apart from space around it and upper case, the node [target] is run. */
        public fun branch(value: String, target: String): Builder = apply { cases += Case(value, target) }

        /** Chosen where no case fits. */
        public fun otherwise(target: String?): Builder = apply { otherwise = target }

        /** By which a workflow that is loaded from a file finds the function; the node's name unless set. */
        public fun functionName(name: String): Builder = apply { functionName = name }

        /** Throws [IllegalArgumentException] where there is no template or no case. */
        public fun build(): ConditionNode = ConditionNode(this, null)

        /** [function] gives the name of the node that is run, or a list of names; those must be connected. */
        public fun build(function: NodeFunction): ConditionNode = ConditionNode(this, function)
    }

    public companion object {
        /** Begins without a template and without a case. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** [function] gives the name of the node that is run, or a list of names; those must be connected. */
        @JvmStatic
        public fun of(name: String, function: NodeFunction): ConditionNode = builder(name).build(function)
    }
}
