@file:JvmName("-Breakdowns")

package dev.tandem.transport

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.ConnectionRefusedException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.HostNotFoundException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.TlsException
import dev.tandem.model.Timer
import dev.tandem.platform.Breakdown
import dev.tandem.platform.platform
import kotlin.jvm.JvmName

/** A failure below HTTP as the exception that says what to do about it. */
internal fun breakdown(cause: Throwable, what: String, call: HttpCall, known: ErrorDetails.Builder): AiException {
    val address = call.address
    val details = known.build()
    val said = cause.message?.let { ": " + call.redactor.redact(it) }.orEmpty()
    // With the head of an answer came a connection: whatever ends the body, it is no question of reaching or trusting.
    val kind = platform.breakdownOf(cause).takeUnless { details.status != null && it != Breakdown.IDLE_TIMEOUT } ?: Breakdown.LOST
    return when (kind) {
        Breakdown.REFUSED -> {
            ConnectionRefusedException(
                "$what $address: nothing accepts connections there. Is the server running, and the port right?",
                details,
                cause,
            )
        }

        Breakdown.HOST_UNKNOWN -> {
            HostNotFoundException("$what $address: the name of the host is not known. Check the base URL and the network", details, cause)
        }

        Breakdown.TLS -> {
            TlsException("$what $address: no trusted TLS connection$said", details, cause)
        }

        Breakdown.CONNECT_TIMEOUT -> {
            TimeLimitException("$what $address: no connection in time", Timer.CONNECT, null, details, cause)
        }

        Breakdown.IDLE_TIMEOUT -> {
            TimeLimitException("$what $address: the engine's read timeout ran out", Timer.IDLE, null, details, cause)
        }

        Breakdown.LOST -> {
            ConnectionLostException("$what $address: the connection broke$said", details, cause)
        }
    }
}
