package dev.tandem.workflow.replay

/**
 * Somebody has cancelled the run.
 *
 * @property cause how the server has it end.
 */
public class RunCancelledException(override val cause: Exception) : Exception(cause)
