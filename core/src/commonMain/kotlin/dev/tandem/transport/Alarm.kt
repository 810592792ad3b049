package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.platform.Clock
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.job
import kotlin.concurrent.Volatile
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.Runnable as CommonRunnable

/**
 * Ends the coroutine that [context] belongs to when a timer runs out. Unlike `withTimeout` it can be set from anywhere, and
 * costs next to nothing when nothing happens: one is set for each piece of a stream.
 */
internal class Alarm(private val call: HttpCall, private val context: CoroutineContext) {
    /** Why it has ended the coroutine, if it has. */
    @Volatile var ranOut: TimeLimitException? = null
        private set

    /** Null for a timer without a limit. */
    fun set(timer: Timer, details: () -> ErrorDetails.Builder): DisposableHandle? {
        val limit = call.options.limitOf(timer) ?: return null
        return Clock.startTimer(
            limit,
            context,
            CommonRunnable {
                ranOut = call.ranOut(timer, limit, details().build())
                context.job.cancel(CancellationException("the $timer timer ran out"))
            },
        )
    }
}
