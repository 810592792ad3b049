package dev.tandem.workflow.run

/** What became of a node. */
public enum class NodeState {
    /** It has an output, by itself or by its fallback. */
    COMPLETED,

    /** None of its attempts went well, and no fallback took its place. */
    FAILED,

    /** It was not run, or not to its end. [NodeRecord.skipReason] says why. */
    SKIPPED,
}
