package dev.tandem.workflow.run

/** Why a node was not run to its end. */
public enum class SkipReason {
    /** A condition chose another way. */
    NOT_CHOSEN,

    /** A node before it has failed, without failing the run. */
    FAILED_BEFORE,

    /** The run was over first: it failed, took too long, or was cancelled. */
    RUN_OVER,
}
