package dev.tandem.workflow.replay

/** Somebody has cancelled the run; [cause] is how the server has it end. */
public class RunCancelledException(override val cause: Exception) : Exception(cause)
