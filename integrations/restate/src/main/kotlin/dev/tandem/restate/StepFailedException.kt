package dev.tandem.restate

import dev.restate.sdk.common.TerminalException

/**
 * What a workflow hears of a step whose action threw an exception: the same now and after a restart, when only the journal knows of it.
 * Restate does not try the step again. Where nobody catches it, the invocation has failed.
 */
public class StepFailedException internal constructor(
    public val step: String,
    /** The type of the exception that it was, such as `RateLimitedException`. */
    public val type: String,
    /** The message of that exception. */
    public val reason: String?,
) : TerminalException("step '$step' failed: ${Failure(type, reason)}")
