@file:JvmName("-TimeLimits")

package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.platform.Clock
import kotlin.jvm.JvmName
import kotlin.time.Duration

/** Ends [work] when [timer] runs out, by a [TimeLimitException]. */
internal suspend fun <T> HttpCall.within(timer: Timer, details: () -> ErrorDetails.Builder, work: suspend () -> T): T {
    val limit = options.limitOf(timer) ?: return work()
    // A wrapper, since the null of OrNull must mean this very timer; an exception might be a timer of the caller's.
    val done = Clock.withinOrNull(limit) { Done(work()) } ?: throw ranOut(timer, limit, details().build())
    return done.result
}

internal fun HttpCall.ranOut(timer: Timer, limit: Duration, details: ErrorDetails) =
    TimeLimitException("$provider, $address: ${WHAT.getValue(timer)} within $limit ($timer timer)", timer, limit, details, null)

private class Done<T>(val result: T)

private val WHAT =
    mapOf(
        Timer.CONNECT to "no connection",
        Timer.WRITE to "the request could not be sent",
        Timer.FIRST_BYTE to "no answer",
        Timer.FIRST_EVENT to "no event in the stream",
        Timer.IDLE to "nothing more arrived",
        Timer.TOTAL to "not done",
    )
