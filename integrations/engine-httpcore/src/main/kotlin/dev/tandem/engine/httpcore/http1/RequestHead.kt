@file:JvmName("-RequestHead")

package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.WireRequest
import java.nio.ByteBuffer

/** Head and body in one piece: they leave in one packet where they fit. */
internal fun bytesOf(request: WireRequest, route: Route): ByteBuffer {
    val head = StringBuilder(EXPECTED_CHARS)
    head
        .append(request.method)
        .append(' ')
        .append(request.path)
        .append(" HTTP/1.1\r\nHost: ")
        .append(route.authority)
        .append("\r\n")
    request.headers.forEachHeader { name, value ->
        head
            .append(name)
            .append(": ")
            .append(value)
            .append("\r\n")
    }
    if (request.isLast) head.append("Connection: close\r\n")
    if (request.hasBody) head.append("Content-Length: ").append(request.body.size).append("\r\n")
    val bytes = head.append("\r\n").toString().toByteArray()
    return ByteBuffer.wrap(bytes.copyOf(bytes.size + request.body.size).also { request.body.copyInto(it, bytes.size) })
}

private const val EXPECTED_CHARS = 512
