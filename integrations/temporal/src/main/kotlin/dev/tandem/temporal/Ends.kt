package dev.tandem.temporal

import io.temporal.failure.ApplicationFailure

/** How Temporal is told that a run has failed for good: anything else it would try again. */
internal object Ends {
    fun of(error: Exception): ApplicationFailure = ApplicationFailure
        .newNonRetryableFailureWithCause(error.message, error::class.simpleName ?: "Exception", error.cause)
        .apply { stackTrace = error.stackTrace }
}
