package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.http1.Http1Connection
import dev.tandem.engine.httpcore.http1.Tunnel
import dev.tandem.engine.httpcore.http2.Http2Connection
import dev.tandem.engine.httpcore.wire.Connection
import dev.tandem.engine.httpcore.wire.Owner
import dev.tandem.engine.httpcore.wire.Route
import kotlinx.coroutines.CancellableContinuation
import org.apache.hc.core5.concurrent.FutureCallback
import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.EventMask
import org.apache.hc.core5.reactor.IOEventHandler
import org.apache.hc.core5.reactor.IOSession
import org.apache.hc.core5.reactor.ProtocolIOSession
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer
import org.apache.hc.core5.util.Timeout
import java.io.EOFException
import java.io.IOException
import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicBoolean
import javax.net.ssl.SSLEngine
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration

/** What becomes of a socket before it is a [Connection]: first a tunnel where there is a proxy, then TLS, then HTTP of either kind. */
internal class Opening(
    private val route: Route,
    private val tls: Tls,
    private val owner: Owner,
    private val keepAlive: Duration,
    private val continuation: CancellableContinuation<Connection>,
) : IOEventHandler,
    FutureCallback<IOSession> {
    private val isDone = AtomicBoolean()
    private var tunnel: Tunnel? = null
    private var engine: SSLEngine? = null

    @Volatile private var session: ProtocolIOSession? = null

    fun takePlace(session: ProtocolIOSession) {
        this.session = session
    }

    /** Nobody wants the connection any more. */
    fun giveUp() {
        isDone.set(true)
        session?.close(CloseMode.IMMEDIATE)
    }

    override fun connected(session: IOSession) {
        when {
            // TLS says this once more when it is agreed upon.
            engine != null -> Unit

            route.isTunnelled -> tunnel = Tunnel(route).also { it.ask(session) }

            route.isSecure -> beginTls()

            else -> becomeHttp1()
        }
    }

    override fun inputReady(session: IOSession, source: ByteBuffer?) {
        val tunnel = tunnel ?: return
        if (tunnel.isOpenAfter(session)) beginTls()
    }

    override fun outputReady(session: IOSession) {
        if (tunnel?.continueAsking(session) != false) session.clearEvent(EventMask.WRITE)
    }

    private fun beginTls() {
        tunnel = null
        tls.begin(
            checkNotNull(session),
            route,
            { engine = it },
            object : FutureCallback<TransportSecurityLayer> {
                override fun completed(layer: TransportSecurityLayer) =
                    if (layer.tlsDetails?.applicationProtocol == Tls.HTTP_2) becomeHttp2() else becomeHttp1()

                override fun failed(cause: Exception) = fail(cause)

                override fun cancelled() = fail(IOException("the TLS handshake was cut off"))
            },
        )
    }

    private fun becomeHttp1() {
        val session = checkNotNull(session)
        val engine = engine
        val connection = Http1Connection(session, route, owner, keepAlive) { engine?.isInboundDone ?: true }
        session.upgrade(connection)
        succeed(connection)
    }

    private fun becomeHttp2() {
        val session = checkNotNull(session)
        // It has to wait for the server's settings anyway, and then knows how many may use it.
        val connection = Http2Connection(session, route, owner, keepAlive, ::succeed) { disconnected(session) }
        session.upgrade(connection.handler)
        connection.handler.connected(session)
    }

    private fun succeed(connection: Connection) {
        if (isDone.compareAndSet(false, true)) {
            continuation.resume(connection) { _, _, _ -> session?.close(CloseMode.IMMEDIATE) }
        } else {
            // Given up before there was a session to close.
            session?.close(CloseMode.IMMEDIATE)
        }
    }

    private fun fail(cause: Throwable) {
        if (isDone.compareAndSet(false, true)) continuation.resumeWithException(cause)
        session?.close(CloseMode.IMMEDIATE)
    }

    override fun timeout(session: IOSession, timeout: Timeout): Unit = fail(IOException("nothing happened for $timeout"))

    override fun exception(session: IOSession, cause: Exception): Unit = fail(cause)

    override fun disconnected(session: IOSession): Unit =
        fail(EOFException("${route.target} closed the connection before anything was asked"))

    // Of the connecting itself: where it succeeds, connected follows.
    override fun completed(result: IOSession) = Unit

    override fun failed(cause: Exception): Unit = fail(cause)

    override fun cancelled(): Unit = fail(IOException("connecting was given up"))
}
