package dev.tandem.resilience

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeout
import kotlin.concurrent.Volatile
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** What a client makes of the [limits] that it shares: it asks them while they answer in time, and goes without while they do not. */
internal class Sharing(private val limits: SharedLimits, private val scope: CoroutineScope, private val clock: TimeSource) {
    @Volatile private var backAt: TimeMark? = null
    private val isAway: Boolean get() = backAt?.hasNotPassedNow() == true

    suspend fun ask(call: Call<*>, way: String, limit: RateLimit, tokens: Long): SharedTurn {
        if (isAway) return WITHOUT
        return try {
            withTimeout(PATIENCE) { limits.ask(way, limit, tokens) }
        } catch (e: Throwable) {
            if (e is Error) throw e
            currentCoroutineContext().ensureActive()
            backAt = clock.markNow() + AWAY
            call.tell(CallEvent.LimitsNotShared(if (e is TimeoutCancellationException) tooSlow() else e))
            WITHOUT
        }
    }

    /** Without waiting for it. */
    fun settle(way: String, turn: SharedTurn, tokens: Long) {
        if (turn !== WITHOUT) behind { limits.settle(way, turn, tokens) }
    }

    /** Without waiting for it. */
    fun coolDown(way: String, time: Duration) = behind { limits.coolDown(way, time.inWholeMilliseconds.coerceAtLeast(1)) }

    /** Nobody waits for it, so nobody minds when it fails: the next one who asks will tell. */
    private fun behind(work: suspend () -> Unit) {
        if (isAway) return
        scope.launch {
            try {
                withTimeout(PATIENCE) { work() }
            } catch (e: Throwable) {
                if (e is Error) throw e
                currentCoroutineContext().ensureActive()
            }
        }
    }

    private fun tooSlow() = IllegalStateException("the shared limits did not answer within $PATIENCE")

    private companion object {
        val WITHOUT = SharedTurn.granted("without")
        val PATIENCE = 1.seconds

        /** Not each call is to find out that they do not answer. */
        val AWAY = 5.seconds
    }
}
