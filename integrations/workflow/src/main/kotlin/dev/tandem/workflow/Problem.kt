package dev.tandem.workflow

/** What is wrong with a workflow. */
public class Problem internal constructor(
    /** For programs; [message] is for people. */
    public val kind: Kind,
    /** Where; null where it is the whole. */
    public val node: String?,
    /** Names what is wrong, and what to do. */
    public val message: String,
) {
    override fun toString(): String = message

    /** There will be more. */
    public enum class Kind {
        /** There is no node. */
        EMPTY,

        /** Two nodes, or a node and another's id, are named alike. */
        DUPLICATE_NAME,

        /** A connection speaks of a node that is not there. */
        UNKNOWN_NODE,

        /** Nodes wait for each other. */
        CYCLE,

        /** A condition speaks of a node that it cannot choose. */
        UNREACHABLE_TARGET,

        /** A template cannot be read. */
        TEMPLATE,

        /** A template mentions what is not there, or not yet there when it is filled. */
        UNKNOWN_REFERENCE,

        /** An input of a workflow within this one is missing or unknown. */
        INPUT,
    }
}
