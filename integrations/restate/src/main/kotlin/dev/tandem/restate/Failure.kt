package dev.tandem.restate

import dev.restate.sdk.common.TerminalException
import dev.tandem.workflow.durable.StepFailedException

/** What the journal keeps of an exception, which is one line of text. */
internal object Failure {
    fun textOf(error: Throwable): String = (error::class.simpleName ?: "Exception") + error.message?.let { ": $it" }.orEmpty()

    /** What [error] is to the workflow, as the journal has it of [step]. */
    fun ofStep(step: String, error: TerminalException): StepFailedException {
        val text = error.message.orEmpty()
        return StepFailedException(step, text.substringBefore(": "), text.substringAfter(": ", "").ifEmpty { null })
    }

    /** What Restate hears of [error], which it need not try again. */
    fun final(error: Exception): TerminalException =
        TerminalException(if (error is StepFailedException) error.message else textOf(error)).apply { initCause(error) }
}
