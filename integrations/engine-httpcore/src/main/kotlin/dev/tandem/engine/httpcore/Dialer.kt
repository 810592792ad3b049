package dev.tandem.engine.httpcore

import dev.tandem.platform.Phases.Phase
import io.ktor.client.network.sockets.ConnectTimeoutException
import kotlinx.coroutines.suspendCancellableCoroutine
import java.io.IOException
import java.net.InetSocketAddress
import java.net.SocketTimeoutException

/** Opens connections: the name looked up, the addresses tried in turn, the tunnel dug, TLS agreed upon. */
internal class Dialer(private val config: HttpCoreConfig) : AutoCloseable {
    private val loops = Loops(config.loops)
    private val tls = Tls(config)

    suspend fun dial(route: Route, request: WireRequest, owner: Owner): Connection {
        request.enter(Phase.CONNECTING)
        var failure: IOException? = null
        for (address in Resolver.resolve(route.firstHop)) {
            try {
                return dial(route, address, request, owner).also { request.enter(Phase.WAITING) }
            } catch (e: SocketTimeoutException) {
                throw ConnectTimeoutException("no connection to ${route.target} in ${request.connectTimeoutMillis} ms", e)
            } catch (e: IOException) {
                failure?.let(e::addSuppressed)
                failure = e
            }
        }
        throw failure ?: IOException("${route.host} has no address")
    }

    private suspend fun dial(route: Route, address: InetSocketAddress, request: WireRequest, owner: Owner): Connection =
        suspendCancellableCoroutine { continuation ->
            val opening = Opening(route, tls, owner, config.keepAlive, continuation)
            val connecting = loops.connect(route, address, request.connectTimeoutMillis, opening)
            continuation.invokeOnCancellation {
                connecting.cancel(true)
                opening.giveUp()
            }
        }

    override fun close() = loops.close()
}

/** Who keeps connections, and wants to know when one is free or gone. */
internal interface Owner {
    fun released(route: Route, connection: Connection)

    fun closed(route: Route, connection: Connection)
}
