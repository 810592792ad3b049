package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Route
import io.ktor.http.Url
import io.ktor.http.isSecure
import java.net.Proxy
import java.net.ProxySelector
import java.net.URI
import java.util.concurrent.ConcurrentHashMap

/** Knows the way to each server. What Java's proxy selector says of a server is asked once. */
internal class Router(private val proxy: Proxy?) {
    private val routes = ConcurrentHashMap<Server, Route>()

    fun routeTo(url: Url): Route {
        val server = Server(url.protocol.isSecure(), url.host.removeSurrounding("[", "]"), url.port)
        return routes[server] ?: routes.computeIfAbsent(server) { Route(it.isSecure, it.host, it.port, proxy ?: selected(it)) }
    }

    private fun selected(server: Server): Proxy? {
        val host = if (':' in server.host) "[${server.host}]" else server.host
        // As an authority, in which underscores may stand: Java forbids them in a host, networks do not.
        val address = URI(if (server.isSecure) "https" else "http", "$host:${server.port}", "/", null, null)
        return ProxySelector.getDefault()?.select(address)?.firstOrNull { it.type() != Proxy.Type.DIRECT }
    }

    private data class Server(val isSecure: Boolean, val host: String, val port: Int)
}
