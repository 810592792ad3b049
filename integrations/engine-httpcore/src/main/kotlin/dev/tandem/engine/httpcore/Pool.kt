package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.http2.Http2Connection
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedDeque
import java.util.concurrent.CopyOnWriteArrayList

/** Open connections by route: those that are free, and those of HTTP/2, which are never taken up. */
internal class Pool(private val dialer: Dialer) :
    Owner,
    AutoCloseable {
    private val lanes = ConcurrentHashMap<Route, Lane>()

    suspend fun lease(route: Route, request: WireRequest): Connection {
        val lane = laneOf(route)
        return lane.free() ?: if (lane.mayShare) lane.asking.withLock { lane.free() ?: open(route, request) } else open(route, request)
    }

    /** A new connection, whatever there is. */
    suspend fun open(route: Route, request: WireRequest): Connection = dialer.dial(route, request, this).also { laneOf(route).learn(it) }

    override fun released(route: Route, connection: Connection) {
        laneOf(route).idle.push(connection)
    }

    override fun closed(route: Route, connection: Connection) {
        val lane = lanes[route] ?: return
        lane.idle.remove(connection)
        lane.shared.remove(connection)
    }

    private fun laneOf(route: Route): Lane = lanes[route] ?: lanes.computeIfAbsent(route) { Lane(it.isSecure) }

    override fun close() = dialer.close()

    /** [mayShare] while it is not known that the server speaks HTTP/1.1: calls that come together then wait for the first to find out. */
    private class Lane(
        @Volatile var mayShare: Boolean,
    ) {
        /** The one used last comes first: the server is least likely to have closed it. */
        val idle = ConcurrentLinkedDeque<Connection>()
        val shared = CopyOnWriteArrayList<Http2Connection>()
        val asking = Mutex()

        fun free(): Connection? {
            shared.firstOrNull { it.isUsable }?.let { return it }
            while (true) {
                val connection = idle.poll() ?: return null
                if (connection.isUsable) return connection
            }
        }

        fun learn(connection: Connection) {
            mayShare = connection is Http2Connection
            if (connection is Http2Connection) shared += connection
        }
    }
}
