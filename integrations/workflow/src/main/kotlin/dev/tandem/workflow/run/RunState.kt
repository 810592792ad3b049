package dev.tandem.workflow.run

/** How far a run is, or how it ended. */
public enum class RunState {
    RUNNING,
    COMPLETED,
    FAILED,

    /** Somebody did not want it any more. */
    CANCELLED,
}
