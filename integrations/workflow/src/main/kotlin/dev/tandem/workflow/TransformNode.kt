package dev.tandem.workflow

/** A function of yours makes something of what came before. */
public class TransformNode private constructor(from: Builder, internal val function: NodeFunction) : Node(from) {
    /** By which a workflow that is loaded from a file finds the function. */
    public val functionName: String = from.functionName ?: from.name
    override val kind: String get() = "transform"
    override val templates: Map<String, String> get() = emptyMap()

    /** How it is run. */
    public class Builder internal constructor(name: String) : WorkNodeBuilder<Builder>(name) {
        internal var functionName: String? = null

        /** By which a workflow that is loaded from a file finds the function; the node's name unless set. */
        public fun functionName(name: String): Builder = apply { functionName = name }

        /** [function] is called for each attempt. */
        public fun build(function: NodeFunction): TransformNode = TransformNode(this, function)
    }

    public companion object {
        /** Begins behind no node. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** [function] is called for each attempt. */
        @JvmStatic
        public fun of(name: String, function: NodeFunction): TransformNode = builder(name).build(function)
    }
}
