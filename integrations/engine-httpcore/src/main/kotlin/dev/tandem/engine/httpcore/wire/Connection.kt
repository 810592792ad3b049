@file:JvmName("-Connection")

package dev.tandem.engine.httpcore.wire

import dev.tandem.platform.EngineAnswer
import io.ktor.utils.io.cancel
import kotlinx.coroutines.CancellableContinuation
import java.io.IOException

/** A connection to a server, ready for a request. */
internal interface Connection {
    /** Takes a place for one [exchange]; false where there is none, or it is closed or about to be. */
    fun reserve(): Boolean

    /** Nobody uses the place that was reserved. */
    fun giveBack()

    /** Sends [request] and comes back with the head of its answer. Cancelling ends the exchange on the wire too. */
    suspend fun exchange(request: WireRequest): EngineAnswer
}

/** A kept connection turned out to be closed before anything of an answer came: the request may be sent on another. */
internal class StaleConnectionException(cause: Throwable?) : IOException("the kept connection was closed by the server", cause)

/** Should the caller be cancelled on the way, nobody else would give the body up. */
internal fun CancellableContinuation<EngineAnswer>.deliver(answer: EngineAnswer): Unit = resume(answer) { _, lost, _ -> lost.body.cancel() }
