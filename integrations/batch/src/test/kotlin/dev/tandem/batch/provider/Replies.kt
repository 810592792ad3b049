package dev.tandem.batch.provider

import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import java.net.Socket
import java.net.URI

/** What [reply] sends. */
internal fun bytesOf(reply: Reply): ByteArray = FakeServer.start().use { server ->
    server.enqueue(reply)
    val url = URI(server.url)
    Socket(url.host, url.port).use { socket ->
        socket.getOutputStream().write("GET /v1/x HTTP/1.1\r\n\r\n".encodeToByteArray())
        socket.getInputStream().readNBytes(reply.size)
    }
}
