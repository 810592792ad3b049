package dev.tandem.workflow.run

/** How far a run is, or how it ended. */
public enum class RunState {
    /** Not over yet. */
    RUNNING,

    /** To its end, perhaps without nodes that may fail. */
    COMPLETED,

    /** By a node, or since it took too long. */
    FAILED,

    /** Somebody did not want it any more. */
    CANCELLED,
}
