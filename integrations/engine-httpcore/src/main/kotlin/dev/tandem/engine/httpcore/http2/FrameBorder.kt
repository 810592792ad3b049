package dev.tandem.engine.httpcore.http2

import java.nio.ByteBuffer

/** Follows what the server sends as far as to know whether a frame, or a head made of several, has come in part only. */
internal class FrameBorder {
    private val head = ByteBuffer.allocate(HEAD_BYTES)
    private var left = 0
    private var isWithinHeaders = false

    val isReached: Boolean get() = left == 0 && head.position() == 0 && !isWithinHeaders

    /** Looks at [source], and takes nothing from it. */
    fun pass(source: ByteBuffer) {
        var at = source.position()
        while (at < source.limit()) {
            if (left > 0) {
                val count = minOf(left, source.limit() - at)
                left -= count
                at += count
            } else {
                head.put(source.get(at++))
                if (!head.hasRemaining()) begin()
            }
        }
    }

    private fun begin() {
        head.clear()
        left = head.getInt(0) ushr Byte.SIZE_BITS
        if (head[TYPE].toInt() in HEADERS) isWithinHeaders = head[FLAGS].toInt() and END_HEADERS == 0
    }

    private companion object {
        const val HEAD_BYTES = 9
        const val TYPE = 3
        const val FLAGS = 4
        const val END_HEADERS = 4

        /** HEADERS, PUSH_PROMISE, CONTINUATION. */
        val HEADERS = setOf(1, 5, 9)
    }
}
