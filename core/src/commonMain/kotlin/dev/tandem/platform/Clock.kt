package dev.tandem.platform

import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Delay
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.concurrent.atomics.AtomicInt
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Runnable as CommonRunnable

/**
 * The timers of calls start here. One thread runs those of all coroutines, and it is woken whenever a timer becomes the
 * earliest: with one call after the other that is each timer of each call, and costs more than the rest of the call. So while
 * timers are being started, one that rings each second lies before them, and they are started and stopped without any
 * thread's help.
 */
@OptIn(InternalCoroutinesApi::class, ExperimentalAtomicApi::class)
internal object Clock {
    private val tick = 1.seconds

    /** A part of a millisecond is one: no timer rings early. */
    private val almostOne = 999_999.nanoseconds
    private val state = AtomicInt(STOPPED)
    private val ticker = CommonRunnable {
        if (state.compareAndSet(USED, UNUSED) || !state.compareAndSet(UNUSED, STOPPED)) startTicking()
    }

    /** Null when [limit] was over first. */
    suspend fun <T> withinOrNull(limit: Duration, work: suspend CoroutineScope.() -> T): T? {
        tickOn()
        return withTimeoutOrNull(limit, work)
    }

    /** Runs [alarm] when [limit] is over, on any thread; in a test that has a clock of its own, by that clock. */
    fun startTimer(limit: Duration, context: CoroutineContext, alarm: CommonRunnable): DisposableHandle {
        tickOn()
        val clock = context[ContinuationInterceptor] as? Delay ?: Common
        return clock.invokeOnTimeout((limit + almostOne).inWholeMilliseconds, alarm, context)
    }

    private fun tickOn() {
        if (state.load() == USED) return
        if (state.exchange(USED) == STOPPED) startTicking()
    }

    private fun startTicking() {
        Common.invokeOnTimeout(tick.inWholeMilliseconds, ticker, EmptyCoroutineContext)
    }

    /** The timers of all dispatchers that have none of their own, which are nearly all. */
    private object Common : Delay {
        override fun scheduleResumeAfterDelay(timeMillis: Long, continuation: CancellableContinuation<Unit>): Unit =
            throw UnsupportedOperationException("nobody waits for this clock")
    }

    private const val STOPPED = 0
    private const val UNUSED = 1
    private const val USED = 2
}
