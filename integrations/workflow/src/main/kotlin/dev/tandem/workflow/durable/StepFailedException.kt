package dev.tandem.workflow.durable

/**
 * What a workflow that a server replays hears of a step whose action threw an exception: the same now and after a restart, when only
 * the server knows of it. The server does not try the step again. Where nobody catches it, the run has failed.
 */
public class StepFailedException(
    /** The name of the step, as the journal has it. */
    public val step: String,
    /** The type of the exception that it was, such as `RateLimitedException`. */
    public val type: String,
    /** The message of that exception. */
    public val reason: String?,
) : RuntimeException("step '$step' failed: $type${reason?.let { ": $it" }.orEmpty()}")
