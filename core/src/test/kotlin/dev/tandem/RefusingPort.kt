package dev.tandem

import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Socket

/** A port that is taken, so that nobody else gets it, and on which nobody listens. */
class RefusingPort : AutoCloseable {
    private val owner = Socket().apply { bind(InetSocketAddress(InetAddress.getLoopbackAddress(), 0)) }
    val port: Int get() = owner.localPort
    val url: String get() = "http://127.0.0.1:$port/v1"

    override fun close(): Unit = owner.close()
}
