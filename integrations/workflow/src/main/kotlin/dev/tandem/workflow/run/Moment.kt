package dev.tandem.workflow.run

/** When something happens, and to whom; [node] null where it is the run itself. */
internal class Moment(val runId: String, val atMillis: Long, val node: String?)
