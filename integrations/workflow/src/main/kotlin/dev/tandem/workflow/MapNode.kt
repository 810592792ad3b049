package dev.tandem.workflow

/**
 * Does the same for each item of a list, several at once. Its output is the list of what came of them, in their order. How often
 * each is tried, how long it may take and what becomes of one that fails, says [each].
 *
 * @property each what is done for each item.
 */
public class MapNode private constructor(from: Builder, public val each: Node) : Node(from) {
    /** A template for a list, such as `{{node.chapters}}`: JSON, or text with an item in each line. */
    public val over: String = requireNotNull(from.over) { "map '$name' has nothing to go over: set over(\"{{node.NAME}}\")" }

    /** How many items are under way at the same time. */
    public val concurrency: Int = from.concurrency
    override val kind: String get() = "map"
    override val templates: Map<String, String> = mapOf("list" to over)

    init {
        require(each !is ConditionNode && each !is MapNode && each !is ApprovalNode && each !is JoinNode) {
            "map '$name' cannot do a ${each.kind} for each item: put it into a workflow, and that into a SubWorkflowNode"
        }
        require(each.after.isEmpty()) { "'${each.name}' in map '$name' comes after nothing but its item: leave out after(${each.after})" }
    }

    /** How it goes over the list. */
    public class Builder internal constructor(name: String) : NodeBuilder<Builder>(name) {
        /** A template for a list. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var over: String? = null

        /** How many items are under way at the same time; 8 unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var concurrency: Int = 8
            set(value) {
                require(value >= 1) { "the concurrency of '$name' must be at least 1, but is $value" }
                field = value
            }

        /** A template for a list. */
        public fun over(template: String): Builder = apply { over = template }

        /** How many items are under way at the same time. */
        public fun concurrency(items: Int): Builder = apply { concurrency = items }

        /** [each] is done for each item; its templates may mention `{{item}}` and `{{index}}`. */
        public fun build(each: Node): MapNode = MapNode(this, each)
    }

    public companion object {
        /** Begins without a list. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)
    }
}
