package dev.tandem

import java.io.ByteArrayOutputStream
import java.io.DataInputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

/** Just enough of HTTP/2 to answer one request with [events], to wait for [goOn], and to end in one way or the other. */
class Http2Server(private val events: List<String>, private val end: End) : AutoCloseable {
    enum class End { PEACE, RESET }

    private val listener = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    private val gate = CountDownLatch(1)

    val url = "http://127.0.0.1:${listener.localPort}/v1"

    init {
        thread(isDaemon = true) { runCatching { listener.accept().use(::serve) } }
    }

    fun goOn() = gate.countDown()

    override fun close() {
        gate.countDown()
        listener.close()
    }

    private fun serve(socket: Socket) {
        val input = DataInputStream(socket.getInputStream())
        input.readNBytes(PREFACE_BYTES)
        socket.send(SETTINGS, 0, 0)
        while (true) {
            val length = (input.readUnsignedByte() shl 16) or input.readUnsignedShort()
            val type = input.readUnsignedByte()
            val flags = input.readUnsignedByte()
            val stream = input.readInt()
            input.readNBytes(length)
            if (type == SETTINGS && flags and ACK == 0) socket.send(SETTINGS, ACK, 0)
            if ((type == HEADERS || type == DATA) && flags and END_STREAM != 0) answer(socket, stream)
        }
    }

    private fun answer(socket: Socket, stream: Int) {
        socket.send(HEADERS, END_HEADERS, stream, HEAD)
        for (event in events) socket.send(DATA, 0, stream, event.encodeToByteArray())
        gate.await()
        if (end == End.RESET) socket.send(RST_STREAM, 0, stream, byteArrayOf(0, 0, 0, 2)) else socket.send(DATA, END_STREAM, stream)
    }

    private fun Socket.send(type: Int, flags: Int, stream: Int, payload: ByteArray = ByteArray(0)) {
        val frame = ByteArrayOutputStream()
        for (shift in listOf(16, 8, 0)) frame.write(payload.size shr shift)
        frame.write(type)
        frame.write(flags)
        for (shift in listOf(24, 16, 8, 0)) frame.write(stream shr shift)
        frame.write(payload)
        getOutputStream().write(frame.toByteArray())
        getOutputStream().flush()
    }

    private companion object {
        const val PREFACE_BYTES = 24
        const val DATA = 0
        const val HEADERS = 1
        const val RST_STREAM = 3
        const val SETTINGS = 4
        const val ACK = 1
        const val END_STREAM = 1
        const val END_HEADERS = 4
        const val EVENT_STREAM = "text/event-stream"

        /** `:status: 200` from the static table, and the content type as a literal under its number there. */
        val HEAD = byteArrayOf(0x88.toByte(), 0x0F, 0x10, EVENT_STREAM.length.toByte()) + EVENT_STREAM.encodeToByteArray()
    }
}
