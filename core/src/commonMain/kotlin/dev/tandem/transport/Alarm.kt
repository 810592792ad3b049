package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.platform.Clock
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.job
import kotlin.concurrent.Volatile
import kotlin.concurrent.atomics.AtomicBoolean
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration
import kotlinx.coroutines.Runnable as CommonRunnable

/**
 * Ends an exchange when a timer runs out. Unlike `withTimeout` it can be set from anywhere, and costs next to nothing when
 * nothing happens: one is set for each piece of a stream.
 */
internal class Alarm(private val call: HttpCall) {
    @Volatile private var ranOut: TimeLimitException? = null

    private lateinit var caller: CoroutineContext

    /** What rings is to end this, and nothing above it. */
    private lateinit var exchange: CoroutineContext

    /** Does [work], which timers may end. */
    suspend fun <T> during(work: suspend () -> T): T {
        caller = currentCoroutineContext()
        try {
            return coroutineScope {
                exchange = coroutineContext
                work()
            }
        } catch (e: CancellationException) {
            ensureCaller()
            throw ranOut ?: e
        }
    }

    /** Null for a timer without a limit. */
    fun set(timer: Timer, details: () -> ErrorDetails.Builder): DisposableHandle? {
        val limit = call.options.limitOf(timer) ?: return null
        return Bell(timer, limit, details).apply { start() }
    }

    /** After whatever failed: the caller may have given up, which comes before all else. */
    fun ensureCaller() = caller.ensureActive()

    /** The same, and a timer may have run out, or whatever is done just now been cut short. */
    suspend fun ensureGoingOn() {
        ensureCaller()
        ranOut?.let { throw it }
        currentCoroutineContext().ensureActive()
    }

    /** Rings or is stopped, whichever comes first. */
    @OptIn(ExperimentalAtomicApi::class)
    private inner class Bell(private val timer: Timer, private val limit: Duration, private val details: () -> ErrorDetails.Builder) :
        CommonRunnable,
        DisposableHandle {
        private val isOver = AtomicBoolean(false)

        @Volatile private var handle: DisposableHandle? = null

        fun start() {
            handle = Clock.startTimer(limit, exchange, this)
        }

        override fun run() {
            if (isOver.exchange(true)) return
            ranOut = call.ranOut(timer, limit, details().build())
            exchange.job.cancel(CancellationException("the $timer timer ran out"))
        }

        override fun dispose() {
            if (!isOver.exchange(true)) handle?.dispose()
        }
    }
}
