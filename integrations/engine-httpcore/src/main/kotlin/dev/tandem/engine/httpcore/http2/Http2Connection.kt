package dev.tandem.engine.httpcore.http2

import dev.tandem.engine.httpcore.wire.Connection
import dev.tandem.engine.httpcore.wire.Owner
import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.platform.EngineAnswer
import kotlinx.coroutines.suspendCancellableCoroutine
import org.apache.hc.core5.concurrent.ComplexCancellable
import org.apache.hc.core5.http.config.CharCodingConfig
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand
import org.apache.hc.core5.http.protocol.HttpCoreContext
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder
import org.apache.hc.core5.http2.config.H2Config
import org.apache.hc.core5.http2.impl.nio.ClientH2IOEventHandler
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory
import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.Command
import org.apache.hc.core5.reactor.EventMask
import org.apache.hc.core5.reactor.IOEventHandler
import org.apache.hc.core5.reactor.IOSession
import org.apache.hc.core5.reactor.ProtocolIOSession
import org.apache.hc.core5.util.Timeout
import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration

/** HTTP/2 on one socket: many exchanges at once. HttpCore speaks it, all here is who may use it and until when. */
internal class Http2Connection(
    private val session: ProtocolIOSession,
    private val route: Route,
    private val owner: Owner,
    keepAlive: Duration,
    onReady: (Http2Connection) -> Unit,
    /** Called when it ends, ready or not. */
    private val onGone: () -> Unit,
) : Connection {
    private val taken = AtomicInteger()
    private val running = ConcurrentHashMap.newKeySet<Http2Exchange>()
    private val abandoned = ConcurrentLinkedQueue<Http2Exchange>()
    private val announcements = Announcements({ onReady(this) }) { last -> running.forEach { if (it.streamId > last) it.refused() } }

    @Volatile private var wasUsed = false

    val handler: IOEventHandler =
        object : ClientH2IOEventHandler(
            ClientH2StreamMultiplexerFactory(NOTHING_ADDED, null, CONFIG, CharCodingConfig.DEFAULT, announcements).create(session),
        ) {
            private val border = FrameBorder()

            private val preface = ByteBuffer.wrap(PREFACE)

            override fun connected(session: IOSession) {
                greet(session)
            }

            /** False while TLS has no room yet: its own last words come first. */
            private fun greet(session: IOSession): Boolean {
                if (!preface.hasRemaining()) return true
                session.write(preface)
                session.setEvent(EventMask.WRITE)
                if (!preface.hasRemaining()) super.connected(session)
                return !preface.hasRemaining()
            }

            override fun inputReady(session: IOSession, source: ByteBuffer?) {
                greet(session)
                source?.let(border::pass)
                super.inputReady(session, source)
                resetAbandoned(session)
            }

            override fun outputReady(session: IOSession) {
                if (!greet(session)) return
                super.outputReady(session)
                resetAbandoned(session)
            }

            /** HttpCore resets a stream that was given up when its server says something next only: so we say nothing for it. */
            private fun resetAbandoned(session: IOSession) {
                if (abandoned.isEmpty() || !border.isReached) return
                val each = abandoned.iterator()
                for (exchange in each) {
                    if (exchange.isUnderWay) super.inputReady(session, nothingOn(exchange.streamId))
                    if (exchange.isOver) each.remove()
                }
            }

            override fun timeout(session: IOSession, timeout: Timeout) {
                if (taken.get() <= 0) super.timeout(session, timeout)
            }

            override fun disconnected(session: IOSession) {
                super.disconnected(session)
                onGone()
                owner.closed(route, this@Http2Connection)
            }
        }

    init {
        session.socketTimeout = Timeout.ofMilliseconds(keepAlive.inWholeMilliseconds)
    }

    override fun reserve(): Boolean {
        if (!session.isOpen || announcements.isFarewell) return false
        while (true) {
            val count = taken.get()
            if (count >= minOf(MOST_STREAMS, announcements.mostStreams)) return false
            if (taken.compareAndSet(count, count + 1)) return true
        }
    }

    override fun giveBack() {
        if (taken.decrementAndGet() <= 0 && announcements.isFarewell) session.close(CloseMode.GRACEFUL)
    }

    override suspend fun exchange(request: WireRequest): EngineAnswer = suspendCancellableCoroutine { continuation ->
        val stream = ComplexCancellable()
        val exchange = Http2Exchange(request, route, continuation, stream, this, wasIdle = wasUsed && running.all { it.isOver })
        wasUsed = true
        running += exchange
        continuation.invokeOnCancellation { exchange.abandon() }
        session.enqueue(RequestExecutionCommand(exchange, null, stream, HttpCoreContext.create()), Command.Priority.NORMAL)
    }

    /** The stream that was opened by whoever asks, on the loop. */
    val opened: Int get() = announcements.opened

    fun abandoned(exchange: Http2Exchange) {
        abandoned += exchange
    }

    fun ended(exchange: Http2Exchange) {
        running -= exchange
        giveBack()
    }

    private companion object {
        /** What nearly all servers take; more open another connection. */
        const val MOST_STREAMS = 100
        const val WINDOW_BYTES = 256 * 1024
        val PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".toByteArray()
        val NOTHING_ADDED = HttpProcessorBuilder.create().build()
        val CONFIG: H2Config = H2Config
            .custom()
            .setPushEnabled(false)
            .setInitialWindowSize(WINDOW_BYTES)
            .build()

        /** A frame of data without data. */
        fun nothingOn(streamId: Int): ByteBuffer = ByteBuffer
            .allocate(9)
            .putInt(0)
            .put(0)
            .putInt(streamId)
            .apply { flip() }
    }
}
