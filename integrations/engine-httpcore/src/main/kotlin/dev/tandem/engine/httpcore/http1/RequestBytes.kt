@file:JvmName("-RequestBytes")

package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.WireRequest
import java.nio.ByteBuffer

/** Head and body in one piece: they leave in one packet where they fit. */
internal fun bytesOf(request: WireRequest, route: Route): ByteBuffer = RequestBytes(request.body.size)
    .apply {
        line(request.method, " ", request.path, " HTTP/1.1")
        line("Host: ", route.authority)
        request.headers.forEachHeader { name, value -> line(name, ": ", value) }
        if (request.isLast) line("Connection: close")
        if (request.hasBody) line("Content-Length: ", request.body.size.toString())
        line()
        add(request.body)
    }.toBuffer()

/** Grows to what is written, without a text in between. */
private class RequestBytes(bodySize: Int) {
    private var bytes = ByteArray(EXPECTED_HEAD_BYTES + bodySize)
    private var size = 0

    fun line(vararg parts: String) {
        parts.forEach(::add)
        add("\r\n")
    }

    private fun add(text: String) {
        if (text.any { it.code > LAST_ASCII }) return add(text.toByteArray())
        makeRoom(text.length)
        for (i in text.indices) bytes[size + i] = text[i].code.toByte()
        size += text.length
    }

    fun add(more: ByteArray) {
        makeRoom(more.size)
        more.copyInto(bytes, size)
        size += more.size
    }

    private fun makeRoom(count: Int) {
        if (size + count > bytes.size) bytes = bytes.copyOf(maxOf(bytes.size * 2, size + count))
    }

    fun toBuffer(): ByteBuffer = ByteBuffer.wrap(bytes, 0, size)

    private companion object {
        const val EXPECTED_HEAD_BYTES = 384
        const val LAST_ASCII = 0x7F
    }
}
