package dev.tandem.batch

import dev.tandem.error.AiException
import dev.tandem.error.BudgetExceededException
import dev.tandem.error.ForbiddenException
import dev.tandem.error.QuotaExceededException
import dev.tandem.error.UnauthorizedException

/** Why a run ends before its input does. */
internal sealed class Ending {
    abstract fun toException(progress: BatchProgress, isResumable: Boolean): Throwable

    object Asked : Ending() {
        override fun toException(progress: BatchProgress, isResumable: Boolean) =
            BatchStoppedException("the batch was stopped after ${told(progress)}: ${remedy(isResumable)}", progress, null)
    }

    /** What happened to one item would have happened to all others. */
    class Hopeless(private val cause: Throwable) : Ending() {
        override fun toException(progress: BatchProgress, isResumable: Boolean) = BatchStoppedException(
            "the batch ended after ${told(progress)}, since the others would fail alike (${cause.message}): ${remedy(isResumable)}",
            progress,
            cause,
        )
    }

    /** The provider has what was handed in, and does not give it back. */
    class Unread(private val cause: Throwable) : Ending() {
        override fun toException(progress: BatchProgress, isResumable: Boolean) = BatchStoppedException(
            "the batch ended after ${told(
                progress,
            )}, since the provider's own could not be read (${cause.message}): ${remedy(isResumable)}",
            progress,
            cause,
        )
    }

    /** The input could not be read to its end. */
    class NoInput(private val cause: Throwable) : Ending() {
        override fun toException(progress: BatchProgress, isResumable: Boolean) = cause
    }

    companion object {
        /** What no other item of the same client can escape, before somebody has done something about it. */
        fun isHopeless(error: Throwable): Boolean = error is AiException &&
            (
                error is UnauthorizedException ||
                    error is ForbiddenException ||
                    error is QuotaExceededException ||
                    error is BudgetExceededException
            )

        private fun told(progress: BatchProgress) = "${progress.finished}${progress.total?.let { " of $it" }.orEmpty()} items"

        private fun remedy(isResumable: Boolean) = if (isResumable) {
            "run the same with the same journal, and it goes on from there"
        } else {
            "name a journal, and a run can go on where another ended"
        }
    }
}
