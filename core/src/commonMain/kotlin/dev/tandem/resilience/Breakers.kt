package dev.tandem.resilience

import dev.tandem.error.AiException
import dev.tandem.error.CircuitOpenException
import dev.tandem.error.ConnectionException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.error.RejectedException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Target
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.Duration
import kotlin.time.TimeSource

/** A [Breaker] for each target. */
internal class Breakers(private val settings: CircuitBreaker, private val clock: TimeSource) : Middleware {
    private val breakers = HashMap<Target, Breaker>()
    private val lock = platform.newLock()

    override fun <T> around(call: Call<T>, next: Next): Flow<T> = flow {
        val breaker = breakerOf(call.target)
        val entry = breaker.enter()
        entry.openFor?.let { throw open(call, it) }
        var isGood: Boolean? = null
        var isTold = false

        fun tell() {
            if (!isTold && breaker.ended(entry, isGood)) call.tell(CallEvent.CircuitChanged(call.target.name, breaker.state))
            isTold = true
        }
        try {
            if (entry.isProbe) call.tell(CallEvent.CircuitChanged(call.target.name, CircuitState.HALF_OPEN))
            emitWatched(
                next.proceed(call),
                seen = {
                    // Others wait for what a probe finds out, and how long the rest takes may be up to whoever reads it.
                    if (entry.isProbe && !isTold) {
                        isGood = true
                        tell()
                    }
                },
                failed = { isGood = verdict(it) },
            )
            isGood = true
        } finally {
            tell()
        }
    }

    fun stateOf(target: Target): CircuitState = breakerOf(target).state

    private fun breakerOf(target: Target) = lock.holding { breakers.getOrPut(target) { Breaker(settings, clock) } }

    /** False where the target is to blame; one that understands us well enough to say no is well. */
    private fun verdict(error: AiException): Boolean? = when (error) {
        is ServerException, is OverloadedException, is ConnectionException -> false
        is RejectedException -> if (error.status == null) null else true
        is TimeLimitException -> if (error.timer == Timer.TOTAL) null else false
        else -> null
    }

    private fun open(call: Call<*>, pause: Duration) = CircuitOpenException(
        "$call: not sent, since ${call.target.name} failed ${settings.failures} times in a row; it is tried again " +
            if (pause.isPositive()) "in $pause" else "by another call just now",
        ErrorDetails
            .builder()
            .provider(call.target.name)
            .retryAfter(pause)
            .build(),
    )
}
