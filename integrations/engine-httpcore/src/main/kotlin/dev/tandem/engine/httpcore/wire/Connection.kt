package dev.tandem.engine.httpcore.wire

import io.ktor.client.request.HttpResponseData
import java.io.IOException

/** A connection to a server, ready for a request. */
internal interface Connection {
    /** Takes a place for one [exchange]; false where there is none, or it is closed or about to be. */
    fun reserve(): Boolean

    /** Sends [request] and comes back with the head of its answer. Cancelling ends the exchange on the wire too. */
    suspend fun exchange(request: WireRequest): HttpResponseData
}

/** A kept connection turned out to be closed before anything of an answer came: the request may be sent on another. */
internal class StaleConnectionException(cause: Throwable?) : IOException("the kept connection was closed by the server", cause)
