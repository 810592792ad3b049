package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.Body
import dev.tandem.engine.httpcore.wire.Connection
import dev.tandem.engine.httpcore.wire.Owner
import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.StaleConnectionException
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.platform.EngineAnswer
import dev.tandem.platform.Phases.Phase
import kotlinx.coroutines.suspendCancellableCoroutine
import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.EventMask
import org.apache.hc.core5.reactor.IOEventHandler
import org.apache.hc.core5.reactor.IOSession
import org.apache.hc.core5.reactor.ProtocolIOSession
import org.apache.hc.core5.util.Timeout
import java.io.EOFException
import java.io.IOException
import java.net.SocketTimeoutException
import java.nio.ByteBuffer
import java.nio.channels.CancelledKeyException
import java.util.concurrent.atomic.AtomicReference
import kotlin.time.Duration

/**
 * HTTP/1.1 on one socket: one exchange at a time, written by whoever asks and read by the loop. HttpCore's own codec is not
 * used: it makes a system call for each chunk, and cannot be stopped by a slow reader. See docs/design/006.
 */
internal class Http1Connection(
    private val session: ProtocolIOSession,
    private val route: Route,
    private val owner: Owner,
    keepAlive: Duration,
    /** Whether the server has said that it will say no more. Without TLS it cannot, and with it anyone can cut a connection. */
    private val saidGoodbye: () -> Boolean,
) : Connection,
    IOEventHandler {
    private val idleTime = Timeout.ofMilliseconds(keepAlive.inWholeMilliseconds)
    private val parser = ResponseParser()

    /** Set before the request is written; whoever takes it away ends it. */
    private val current = AtomicReference<Http1Exchange?>()

    /** The rest of a request that the socket did not take at once. Guarded by the session's lock. */
    private var unsent: ByteBuffer? = null

    /** Of those who ask, one after the other. */
    private var wasUsed = false

    /** Whether the reader is behind, and nothing is read for it. */
    @Volatile private var isStopped = false

    override fun reserve(): Boolean = session.isOpen

    override fun giveBack() = owner.released(route, this)

    override suspend fun exchange(request: WireRequest): EngineAnswer = suspendCancellableCoroutine { continuation ->
        val tap = Flow()
        val exchange = Http1Exchange(request, continuation, wasUsed, tap)
        tap.exchange = exchange
        wasUsed = true
        current.set(exchange)
        continuation.invokeOnCancellation { tap.abandon() }
        session.socketTimeout = request.socketTimeoutMillis?.let(Timeout::ofMilliseconds) ?: Timeout.DISABLED
        try {
            send(bytesOf(request, route), request)
            // Nobody tells of a close that happened before.
            if (!session.isOpen) throw EOFException("${route.target} has closed the connection")
        } catch (e: IOException) {
            fail(e)
        } catch (e: CancelledKeyException) {
            // So says TLS of a connection that was closed this moment.
            fail(EOFException("${route.target} has closed the connection").apply { initCause(e) })
        }
    }

    private fun send(bytes: ByteBuffer, request: WireRequest) {
        session.lock.lock()
        try {
            // What TLS takes leaves with the next turn of the loop only.
            if (!route.isSecure) session.write(bytes)
            if (!bytes.hasRemaining()) return
            // Before the loop can see it, which tells when it is written.
            request.enter(Phase.WRITING)
            unsent = bytes
        } finally {
            session.lock.unlock()
        }
        session.setEvent(EventMask.WRITE)
    }

    override fun outputReady(session: IOSession) {
        session.lock.lock()
        try {
            val rest = unsent
            while (rest != null && rest.hasRemaining()) if (session.write(rest) == 0) return
            unsent = null
            session.clearEvent(EventMask.WRITE)
            if (rest == null) return
        } finally {
            session.lock.unlock()
        }
        current.get()?.request?.enter(Phase.WAITING)
    }

    override fun inputReady(session: IOSession, source: ByteBuffer?) {
        val buffer = LoopBuffer.ofThisThread()
        // Under TLS the bytes come as source, and read says no more than whether there will be others.
        while (source != null && source.hasRemaining()) take(buffer, source)
        do {
            buffer.direct.clear()
            val count = session.read(buffer.direct)
            if (count < 0) return hungUp()
            buffer.direct.flip()
            take(buffer, buffer.direct)
        } while (count == buffer.bytes.size && session.eventMask and EventMask.READ != 0)
    }

    private fun take(buffer: LoopBuffer, source: ByteBuffer) {
        val count = minOf(source.remaining(), buffer.bytes.size)
        if (count == 0) return
        source.get(buffer.bytes, 0, count)
        val now = current.get() ?: return unasked()
        val end = parser.feed(buffer.bytes, 0, count, now)
        if (now.hasEnded) ended(now, now.isKept && end == count && !source.hasRemaining()) else now.flush()
    }

    private fun unasked() {
        // Given up while its bytes were on the way, or a server that talks to itself: either way it is of no more use.
        session.close(CloseMode.IMMEDIATE)
    }

    private fun ended(exchange: Http1Exchange, isKept: Boolean) {
        if (!current.compareAndSet(exchange, null)) return
        if (isKept && isSent()) {
            if (isStopped) readOn()
            session.socketTimeout = idleTime
            // Before the reader knows, who may ask again at once.
            owner.released(route, this)
        } else {
            part()
        }
        exchange.finish()
    }

    private fun isSent(): Boolean {
        session.lock.lock()
        try {
            return unsent == null
        } finally {
            session.lock.unlock()
        }
    }

    /** Under TLS both say that they end; but nobody waits long for the other. */
    private fun part() {
        session.socketTimeout = PARTING_TIME
        session.close(CloseMode.GRACEFUL)
    }

    private fun hungUp() {
        val now = current.get()
        if (now != null && saidGoodbye() && parser.close(now)) {
            ended(now, isKept = false)
        } else {
            fail(EOFException("${route.target} has closed the connection"))
        }
    }

    private fun fail(cause: Exception) {
        val now = current.getAndSet(null)
        session.close(CloseMode.IMMEDIATE)
        val isStale = now != null && now.isReused && !parser.hasBegun && cause is IOException && cause !is SocketTimeoutException
        now?.fail(if (isStale) StaleConnectionException(cause) else cause)
    }

    override fun connected(session: IOSession) = Unit

    override fun timeout(session: IOSession, timeout: Timeout) = when {
        current.get() != null -> silent(timeout)
        session.isOpen -> part()
        else -> session.close(CloseMode.IMMEDIATE)
    }

    /** The time of an idle connection that was taken this moment is not that of its new exchange. */
    private fun silent(time: Timeout) {
        if (!isStopped && time !== idleTime) fail(SocketTimeoutException("${route.target} was silent for $time"))
    }

    override fun exception(session: IOSession, cause: Exception) = fail(cause)

    override fun disconnected(session: IOSession) {
        owner.closed(route, this)
        fail(EOFException("the connection to ${route.target} was closed"))
    }

    private fun readOn() {
        try {
            // The clock of its silence begins anew: so far nobody listened.
            session.socketTimeout = session.socketTimeout
            session.setEvent(EventMask.READ)
        } catch (_: CancelledKeyException) {
            // It was closed this moment, and whoever did that tells.
        }
        isStopped = false
    }

    /** Stops reading while the reader is behind, so that the server has to wait, and not our memory to grow. */
    private inner class Flow : Body.Tap {
        lateinit var exchange: Http1Exchange

        override fun arrived(waiting: Long) {
            if (isStopped || waiting < MOST_WAITING) return
            isStopped = true
            session.clearEvent(EventMask.READ)
        }

        override fun taken(count: Long) {
            if (isStopped) readOn()
        }

        /** There is no other way to stop an answer than to close its socket. */
        override fun abandon() {
            if (current.compareAndSet(exchange, null)) session.close(CloseMode.IMMEDIATE)
        }
    }

    private companion object {
        const val MOST_WAITING = 256L * 1024
        val PARTING_TIME: Timeout = Timeout.ofSeconds(1)
    }
}
