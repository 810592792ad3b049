package sample

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionException
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.ForbiddenException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.UnauthorizedException
import kotlinx.serialization.Serializable

/** What the screen shows. */
data class ChatState(
    val lines: List<Line> = emptyList(),
    /** An answer is under way: show the stop button. */
    val isBusy: Boolean = false,
    val problem: Problem? = null,
)

/** What the user or the model has said. Serializable, so that it can be kept over the death of the process. */
@Serializable
data class Line(val isMine: Boolean, val text: String)

enum class Problem { SIGN_IN_AGAIN, NO_NETWORK, BROKEN_OFF, NOT_ANSWERED, LATER, BUG }

fun problemOf(failure: AiException): Problem = when (failure) {
    is UnauthorizedException, is ForbiddenException -> Problem.SIGN_IN_AGAIN
    is ConnectionException -> Problem.NO_NETWORK
    is IncompleteStreamException -> Problem.BROKEN_OFF
    is ContentFilteredException -> Problem.NOT_ANSWERED
    else -> if (failure.isRetryable) Problem.LATER else Problem.BUG
}
