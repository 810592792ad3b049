package dev.tandem.engine.httpcore.wire

import org.apache.hc.core5.net.Host
import org.apache.hc.core5.net.NamedEndpoint
import java.net.InetSocketAddress
import java.net.Proxy

/** How to get to a server: connections of one route are as good as each other. */
internal data class Route(val isSecure: Boolean, val host: String, val port: Int, val proxy: Proxy?) {
    val endpoint: NamedEndpoint = Host(host, port)

    /** An HTTP proxy sees the requests themselves, unless they are under TLS: then it digs a tunnel. */
    val isTunnelled: Boolean get() = isSecure && proxy?.type() == Proxy.Type.HTTP
    val isForwarded: Boolean get() = !isSecure && proxy?.type() == Proxy.Type.HTTP

    val socks: InetSocketAddress? get() = proxy?.takeIf { it.type() == Proxy.Type.SOCKS }?.address() as? InetSocketAddress

    /** Who takes the connection. */
    val firstHop: InetSocketAddress
        get() = if (isTunnelled || isForwarded) proxy?.address() as InetSocketAddress else InetSocketAddress.createUnresolved(host, port)

    /** As it stands in `Host`: the port only where it is not the usual one. */
    val authority: String = if (port == (if (isSecure) HTTPS else HTTP)) name() else "${name()}:$port"

    /** With its port always, as a tunnel is asked for. */
    val target: String get() = "${name()}:$port"

    private fun name() = if (':' in host) "[$host]" else host

    private companion object {
        const val HTTP = 80
        const val HTTPS = 443
    }
}
