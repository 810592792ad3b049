package dev.tandem.workflow.run

/** What has become of a node: [done] or [error]. */
internal class Over(
    val place: Int,
    val done: NodeDone?,
    val error: Throwable?,
    val isResumed: Boolean,
    /** Whatever the node's policy says. */
    val endsRun: Boolean = false,
)
