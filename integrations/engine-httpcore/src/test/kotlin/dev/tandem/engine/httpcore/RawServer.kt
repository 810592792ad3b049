package dev.tandem.engine.httpcore

import java.io.BufferedInputStream
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketTimeoutException
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ServerSocketFactory
import javax.net.ssl.SSLContext

/** A server that says byte by byte what a test wants: [serve] gets each connection, on a thread of its own, and its number from 1. */
internal class RawServer(
    context: SSLContext? = null,
    host: InetAddress = InetAddress.getByName("127.0.0.1"),
    private val serve: Peer.(Int) -> Unit,
) : AutoCloseable {
    private val listener: ServerSocket = (context?.serverSocketFactory ?: ServerSocketFactory.getDefault()).createServerSocket(
        0,
        BACKLOG,
        host,
    )
    private val peers = CopyOnWriteArrayList<Peer>()
    private val accepted = AtomicInteger()

    /** What went wrong on the side of the server, told when it closes. */
    private val failures = CopyOnWriteArrayList<Throwable>()

    val port: Int get() = listener.localPort
    val connectionCount: Int get() = accepted.get()
    val url: String = "${if (context == null) "http" else "https"}://localhost:$port/"

    init {
        spawn { while (true) listen(Peer(listener.accept())) }
    }

    private fun listen(peer: Peer) {
        val number = accepted.incrementAndGet()
        peers += peer
        spawn {
            peer.use {
                try {
                    it.serve(number)
                } catch (e: IllegalStateException) {
                    failures += e
                }
            }
        }
    }

    override fun close() {
        listener.close()
        peers.forEach(Peer::close)
        failures.firstOrNull()?.let { throw it }
    }

    private companion object {
        const val BACKLOG = 1_000

        fun spawn(body: () -> Unit) {
            // Sockets that are closed under it are how it ends.
            Thread { runCatching(body) }.apply { isDaemon = true }.start()
        }
    }
}

/** The client as its server sees it. */
internal class Peer(private val socket: Socket) : AutoCloseable {
    val input = BufferedInputStream(socket.getInputStream())

    init {
        socket.tcpNoDelay = true
        socket.soTimeout = PATIENCE_MILLIS
    }

    /** The head of the next request; null when there is none. */
    fun head(): String? {
        val text = StringBuilder()
        while (!text.endsWith("\r\n\r\n")) {
            val byte = input.read()
            if (byte < 0) return null
            text.append(byte.toChar())
        }
        return text.toString()
    }

    /** The next request with its body; null when there is none. */
    fun request(): String? {
        val head = head() ?: return null
        val length = head.lineSequence().firstOrNull { it.startsWith("Content-Length:", ignoreCase = true) }?.substringAfter(':')
        return head + String(input.readNBytes(length?.trim()?.toInt() ?: 0))
    }

    fun say(text: String) = say(text.toByteArray(Charsets.ISO_8859_1))

    fun say(bytes: ByteArray) = socket.getOutputStream().run {
        write(bytes)
        flush()
    }

    fun answer(body: String, vararg headers: String) =
        say("HTTP/1.1 200 OK\r\n${headers.joinToString("") { "$it\r\n" }}Content-Length: ${body.length}\r\n\r\n$body")

    /** Answers each request with [body]. */
    fun answerAll(body: String = "ok") {
        while (request() != null) answer(body)
    }

    /** Waits until the client is gone, and says how long that took. */
    fun awaitEnd(): Long {
        val start = System.nanoTime()
        try {
            input.readAllBytes()
        } catch (e: SocketTimeoutException) {
            throw e
        } catch (_: IOException) {
            // A reset is an end too.
        }
        return (System.nanoTime() - start) / 1_000_000
    }

    /** Closes so that the client sees a reset. */
    fun reset() {
        socket.setSoLinger(true, 0)
        socket.close()
    }

    override fun close() = socket.close()

    private companion object {
        const val PATIENCE_MILLIS = 20_000
    }
}
