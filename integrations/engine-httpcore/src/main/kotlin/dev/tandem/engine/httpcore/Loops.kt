package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Route
import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor
import org.apache.hc.core5.reactor.IOEventHandlerFactory
import org.apache.hc.core5.reactor.IOReactorConfig
import org.apache.hc.core5.reactor.IOSession
import org.apache.hc.core5.util.Timeout
import java.net.InetSocketAddress
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Future
import java.util.concurrent.ThreadFactory
import java.util.concurrent.atomic.AtomicInteger

/** The event loops: daemon threads that come with the first connection and go when this is closed. */
internal class Loops(private val count: Int) : AutoCloseable {
    private val threads = AtomicInteger()

    /** Guarded by itself. HttpCore knows SOCKS proxies, but one for each set of loops only. */
    private val reactors = HashMap<InetSocketAddress?, DefaultConnectingIOReactor>()

    @Volatile private var isClosed = false

    /** Those who have no socket yet, of whom HttpCore forgets to tell the end. */
    private val connecting = ConcurrentHashMap.newKeySet<Future<IOSession>>()

    /** Begins to connect. The outcome is told to [opening], failures alone by its callback. */
    fun connect(route: Route, address: InetSocketAddress, socks: InetSocketAddress?, opening: Opening): Future<IOSession> {
        val outcome = reactorFor(socks).connect(route.endpoint, address, null, Timeout.DISABLED, opening, opening)
        connecting += outcome
        connecting.removeIf { it.isDone }
        if (isClosed) outcome.cancel(true)
        return outcome
    }

    private fun reactorFor(socks: InetSocketAddress?): DefaultConnectingIOReactor = synchronized(reactors) {
        check(!isClosed) { "this engine is closed: make a new one" }
        reactors.getOrPut(socks) { newReactor(socks).apply { start() } }
    }

    private fun newReactor(socks: InetSocketAddress?): DefaultConnectingIOReactor {
        val config = IOReactorConfig
            .custom()
            .setIoThreadCount(count)
            .setTcpNoDelay(true)
            .setSoKeepAlive(true)
            .setSocksProxyAddress(socks)
            .build()
        val handlers = IOEventHandlerFactory { session, opening -> (opening as Opening).apply { takePlace(session) } }
        return DefaultConnectingIOReactor(handlers, config, ThreadFactory(::newThread), null, null, null) { it.close(CloseMode.IMMEDIATE) }
    }

    private fun newThread(work: Runnable) = Thread(work, "tandem-loop-${threads.incrementAndGet()}").apply { isDaemon = true }

    override fun close() {
        val open = synchronized(reactors) {
            isClosed = true
            reactors.values.toList()
        }
        connecting.forEach { it.cancel(true) }
        // To close them from here would take their sockets away before the loops can tell anyone.
        open.forEach { it.initiateShutdown() }
    }
}
