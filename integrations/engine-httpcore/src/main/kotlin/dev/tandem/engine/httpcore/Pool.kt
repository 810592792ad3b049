package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.http2.Http2Connection
import dev.tandem.engine.httpcore.wire.Connection
import dev.tandem.engine.httpcore.wire.Owner
import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.WireRequest
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import java.io.IOException
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
        return lane.free() ?: onTheLoop { lane.shared(lane.failures) { open(route, request) } ?: open(route, request) }
    }

    /** In place of one that was closed: with HTTP/1.1 the others may be as old. */
    suspend fun renew(route: Route, request: WireRequest): Connection =
        if (laneOf(route).mayShare) lease(route, request) else onTheLoop { open(route, request) }

    /** Others wait for the same connection, so it must not wait for the thread of whoever was the first to ask. */
    private suspend fun onTheLoop(find: suspend () -> Connection): Connection {
        var found: Connection? = null
        try {
            return withContext(Dispatchers.Unconfined) { find().also { found = it } }
        } catch (e: CancellationException) {
            // Given up between there and here.
            found?.giveBack()
            throw e
        }
    }

    private suspend fun open(route: Route, request: WireRequest): Connection = dialer.dial(route, request, this).also {
        it.reserve()
        laneOf(route).learn(it)
    }

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
        private val asking = Mutex()

        /** How often the first of some calls got no connection. */
        @Volatile var failures = 0
            private set

        fun free(): Connection? {
            shared.firstOrNull { it.reserve() }?.let { return it }
            while (true) {
                val connection = idle.poll() ?: return null
                if (connection.reserve()) return connection
            }
        }

        /** One call after the other, as long as it pays: null once it is known that each needs a connection of its own. */
        suspend fun shared(failuresBefore: Int, open: suspend () -> Connection): Connection? {
            if (!mayShare) return null
            return asking.withLock {
                free() ?: if (mayShare && failures == failuresBefore) first(open) else null
            }
        }

        private suspend fun first(open: suspend () -> Connection): Connection = try {
            open()
        } catch (e: IOException) {
            // Those who wait try for themselves: nobody is to wait for the timeouts of all before.
            failures++
            throw e
        }

        fun learn(connection: Connection) {
            mayShare = connection is Http2Connection
            if (connection is Http2Connection) shared += connection
        }
    }
}
