@file:JvmName("-TimeLimits")

package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import kotlin.jvm.JvmName
import kotlin.time.Duration

internal fun HttpCall.ranOut(timer: Timer, limit: Duration, details: ErrorDetails) =
    TimeLimitException("$provider, $address: ${WHAT.getValue(timer)} within $limit ($timer timer)", timer, limit, details, null)

private val WHAT =
    mapOf(
        Timer.CONNECT to "no connection",
        Timer.WRITE to "the request could not be sent",
        Timer.FIRST_BYTE to "no answer",
        Timer.FIRST_EVENT to "no event in the stream",
        Timer.IDLE to "nothing more arrived",
        Timer.TOTAL to "not done",
    )
