package dev.tandem.workflow.run

/**
 * A node or a run took longer than it may. The message names which, and how long that is.
 *
 * @property limitMillis how long that is.
 */
public class WorkflowTimeoutException internal constructor(message: String, public val limitMillis: Long) : RuntimeException(message)
