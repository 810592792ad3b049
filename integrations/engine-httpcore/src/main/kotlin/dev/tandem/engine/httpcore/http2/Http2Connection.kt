package dev.tandem.engine.httpcore.http2

import dev.tandem.engine.httpcore.Connection
import dev.tandem.engine.httpcore.Owner
import dev.tandem.engine.httpcore.Route
import dev.tandem.engine.httpcore.WireRequest
import io.ktor.client.request.HttpResponseData
import kotlinx.coroutines.suspendCancellableCoroutine
import org.apache.hc.core5.concurrent.ComplexCancellable
import org.apache.hc.core5.http.config.CharCodingConfig
import org.apache.hc.core5.http.impl.HttpProcessors
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand
import org.apache.hc.core5.http.protocol.HttpCoreContext
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder
import org.apache.hc.core5.http2.config.H2Config
import org.apache.hc.core5.http2.impl.nio.ClientH2IOEventHandler
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory
import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.Command
import org.apache.hc.core5.reactor.IOEventHandler
import org.apache.hc.core5.reactor.IOSession
import org.apache.hc.core5.reactor.ProtocolIOSession
import org.apache.hc.core5.util.Timeout
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration

/** HTTP/2 on one socket: many exchanges at once. HttpCore speaks it, all here is who may use it and until when. */
internal class Http2Connection(
    private val session: ProtocolIOSession,
    private val route: Route,
    private val owner: Owner,
    keepAlive: Duration,
) : Connection {
    private val idleTime = Timeout.ofMilliseconds(keepAlive.inWholeMilliseconds)
    private val running = AtomicInteger()
    private val farewell = Farewell()

    val handler: IOEventHandler =
        object : ClientH2IOEventHandler(
            ClientH2StreamMultiplexerFactory(NOTHING_ADDED, null, CONFIG, CharCodingConfig.DEFAULT, farewell).create(session),
        ) {
            override fun disconnected(session: IOSession) {
                super.disconnected(session)
                owner.closed(route, this@Http2Connection)
            }
        }

    override val isUsable: Boolean get() = session.isOpen && !farewell.wasSaid && running.get() < MOST_STREAMS

    override suspend fun exchange(request: WireRequest): HttpResponseData = suspendCancellableCoroutine { continuation ->
        val stream = ComplexCancellable()
        if (running.incrementAndGet() == 1) session.socketTimeout = Timeout.DISABLED
        val exchange = Http2Exchange(request, route, continuation, stream, ::ended)
        continuation.invokeOnCancellation { exchange.abandon() }
        session.enqueue(RequestExecutionCommand(exchange, null, stream, HttpCoreContext.create()), Command.Priority.NORMAL)
    }

    private fun ended() {
        if (running.decrementAndGet() > 0) return
        session.socketTimeout = idleTime
        if (farewell.wasSaid) session.close(CloseMode.GRACEFUL)
    }

    private companion object {
        /** What nearly all servers take; more open another connection. */
        const val MOST_STREAMS = 100
        const val WINDOW_BYTES = 256 * 1024
        val NOTHING_ADDED = HttpProcessorBuilder.create().build()
        val CONFIG: H2Config = H2Config
            .custom()
            .setPushEnabled(false)
            .setInitialWindowSize(WINDOW_BYTES)
            .build()
    }
}
