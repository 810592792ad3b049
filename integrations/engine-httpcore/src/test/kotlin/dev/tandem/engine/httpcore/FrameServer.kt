package dev.tandem.engine.httpcore

import java.io.ByteArrayOutputStream
import java.io.DataInputStream
import java.net.InetAddress
import java.net.Socket
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.SSLServerSocket
import javax.net.ssl.SSLSocket
import kotlin.concurrent.thread

/** HTTP/2 under TLS, frame by frame: [serve] is asked for each request that has come whole, on the thread that reads. */
internal class FrameServer(
    private val settings: ByteArray = ByteArray(0),
    private val offered: Array<String> = arrayOf("h2"),
    private val serve: Frames.(stream: Int) -> Unit,
) : AutoCloseable {
    private val listener = Keys.server.serverSocketFactory.createServerSocket(
        0,
        BACKLOG,
        InetAddress.getByName("127.0.0.1"),
    ) as SSLServerSocket
    private val accepted = AtomicInteger()
    private val sockets = CopyOnWriteArrayList<Socket>()

    val url = "https://localhost:${listener.localPort}/"
    val connectionCount: Int get() = accepted.get()

    init {
        listener.sslParameters = listener.sslParameters.apply { applicationProtocols = offered }
        thread(isDaemon = true) {
            runCatching {
                while (true) {
                    val socket = listener.accept() as SSLSocket
                    sockets += socket
                    val number = accepted.incrementAndGet()
                    thread(isDaemon = true) { runCatching { socket.use { Frames(it, number).read() } } }
                }
            }
        }
    }

    override fun close() {
        listener.close()
        sockets.forEach(Socket::close)
    }

    /** One connection, the [number]th. */
    inner class Frames(private val socket: SSLSocket, val number: Int) {
        private val input = DataInputStream(socket.inputStream)

        /** Streams that the client has reset. */
        val resets = ConcurrentHashMap.newKeySet<Int>()

        fun read() {
            socket.tcpNoDelay = true
            input.readNBytes(PREFACE_BYTES)
            send(SETTINGS, 0, 0, settings)
            while (true) {
                val length = (input.readUnsignedByte() shl 16) or input.readUnsignedShort()
                val type = input.readUnsignedByte()
                val flags = input.readUnsignedByte()
                val stream = input.readInt()
                val payload = input.readNBytes(length)
                when (type) {
                    SETTINGS -> {
                        if (flags and ACK == 0) send(SETTINGS, ACK, 0)
                    }

                    PING -> {
                        if (flags and ACK == 0) send(PING, ACK, 0, payload)
                    }

                    RST_STREAM -> {
                        noteReset(stream)
                    }

                    DATA, HEADERS -> {
                        if (type == DATA && length > 0) credit(stream, length)
                        if (flags and END_STREAM != 0) serve(stream)
                    }
                }
            }
        }

        private fun credit(stream: Int, length: Int) {
            send(WINDOW_UPDATE, 0, 0, intBytes(length))
            send(WINDOW_UPDATE, 0, stream, intBytes(length))
        }

        private fun noteReset(stream: Int) {
            resets += stream
            onReset?.invoke(stream)
        }

        @Volatile var onReset: ((Int) -> Unit)? = null

        /** `:status: 200`, from the static table. */
        fun head(stream: Int, isLast: Boolean = false) =
            send(HEADERS, END_HEADERS or if (isLast) END_STREAM else 0, stream, byteArrayOf(0x88.toByte()))

        fun data(stream: Int, text: String, isLast: Boolean = false) = send(DATA, if (isLast) END_STREAM else 0, stream, text.toByteArray())

        fun answer(stream: Int, text: String) {
            head(stream)
            data(stream, text, isLast = true)
        }

        fun settings(payload: ByteArray) = send(SETTINGS, 0, 0, payload)

        fun reset(stream: Int, code: Int) = send(RST_STREAM, 0, stream, intBytes(code))

        fun goAway(last: Int, code: Int = 0) = send(GOAWAY, 0, 0, intBytes(last) + intBytes(code))

        fun close() = socket.close()

        @Synchronized
        private fun send(type: Int, flags: Int, stream: Int, payload: ByteArray = ByteArray(0)) {
            val frame = ByteArrayOutputStream()
            frame.write(intBytes(payload.size), 1, 3)
            frame.write(type)
            frame.write(flags)
            frame.write(intBytes(stream))
            frame.write(payload)
            socket.outputStream.write(frame.toByteArray())
            socket.outputStream.flush()
        }
    }

    companion object {
        private const val BACKLOG = 200
        private const val PREFACE_BYTES = 24
        private const val DATA = 0
        private const val HEADERS = 1
        private const val RST_STREAM = 3
        private const val SETTINGS = 4
        private const val PING = 6
        private const val GOAWAY = 7
        private const val WINDOW_UPDATE = 8
        private const val ACK = 1
        private const val END_STREAM = 1
        private const val END_HEADERS = 4
        const val REFUSED = 7

        fun mostStreams(count: Int): ByteArray = byteArrayOf(0, 3) + intBytes(count)

        private fun intBytes(value: Int) = ByteArray(4) { (value shr (24 - 8 * it)).toByte() }
    }
}
