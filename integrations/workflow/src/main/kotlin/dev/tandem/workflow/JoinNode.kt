package dev.tandem.workflow

/** Waits for all nodes before it. Its output is an object of theirs, by their names, without those that were skipped. */
public class JoinNode private constructor(from: Builder) : Node(from) {
    /** Whether what has come is enough where a node before it has failed without failing the run. */
    public val isTolerant: Boolean = from.tolerant
    override val kind: String get() = "join"
    override val templates: Map<String, String> get() = emptyMap()

    /** What it waits for. */
    public class Builder internal constructor(name: String) : NodeBuilder<Builder>(name) {
        /** Whether what has come is enough where a node before it has failed without failing the run. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var tolerant: Boolean = false

        /** Whether what has come is enough where a node before it has failed without failing the run. */
        public fun tolerant(isTolerant: Boolean): Builder = apply { tolerant = isTolerant }

        /** What is set later does not change it. */
        public fun build(): JoinNode = JoinNode(this)
    }

    public companion object {
        /** Begins behind no node. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** Of the nodes [after], by their names. */
        @JvmStatic
        public fun of(name: String, vararg after: String): JoinNode = builder(name).after(*after).build()
    }
}
