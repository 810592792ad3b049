package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Connection
import dev.tandem.engine.httpcore.wire.Owner
import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.platform.Phases.Phase
import io.ktor.client.network.sockets.ConnectTimeoutException
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import java.io.IOException
import java.net.InetSocketAddress

/** Opens connections: the name looked up, the addresses tried in turn, the tunnel dug, TLS agreed upon. */
internal class Dialer(private val config: HttpCoreConfig) : AutoCloseable {
    private val loops = Loops(config.loops)
    private val tls = Tls(config)

    /** The time for connecting is for all of it: a proxy or a handshake may take for ever as well. */
    suspend fun dial(route: Route, request: WireRequest, owner: Owner): Connection {
        request.enter(Phase.CONNECTING)
        val limit = request.connectTimeoutMillis
        val connection = if (limit == null) dial(route, owner) else withTimeoutOrNull(limit) { dial(route, owner) }
        if (connection == null) throw ConnectTimeoutException("no connection to ${route.target} in $limit ms")
        request.enter(Phase.WAITING)
        return connection
    }

    private suspend fun dial(route: Route, owner: Owner): Connection {
        val socks = route.socks?.let { Resolver.resolve(it).first() }
        // A SOCKS proxy may know names that we do not.
        val isForSocks = socks != null && !Resolver.isLiteral(route.host)
        var failure: IOException? = null
        for (address in if (isForSocks) listOf(route.firstHop) else Resolver.resolve(route.firstHop)) {
            try {
                return dial(route, address, socks, owner)
            } catch (e: IOException) {
                failure?.let(e::addSuppressed)
                failure = e
            }
        }
        throw failure ?: IOException("${route.host} has no address")
    }

    private suspend fun dial(route: Route, address: InetSocketAddress, socks: InetSocketAddress?, owner: Owner): Connection =
        suspendCancellableCoroutine { continuation ->
            val opening = Opening(route, tls, owner, config.keepAlive, continuation)
            val connecting = loops.connect(route, address, socks, opening)
            continuation.invokeOnCancellation {
                connecting.cancel(true)
                opening.giveUp()
            }
        }

    override fun close() = loops.close()
}
