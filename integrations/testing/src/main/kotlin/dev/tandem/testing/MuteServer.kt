package dev.tandem.testing

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit

/** Takes connections and never says a word, so that whoever wants TLS of it connects for ever. Notices who gives up. */
public class MuteServer private constructor() : AutoCloseable {
    private val listener = ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())
    private val sockets = CopyOnWriteArrayList<Socket>()
    private val greeted = Semaphore(0)
    private val hangUps = Semaphore(0)

    /** The base URL for a provider. */
    public val url: String = "https://127.0.0.1:${listener.localPort}/v1"

    init {
        FakeServer.spawn("mute") { while (!listener.isClosed) listen(listener.accept()) }
    }

    /** Waits until one more client has begun to speak. */
    public fun awaitConnection(): Unit =
        check(greeted.tryAcquire(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS)) { "no client has connected" }

    /** Waits until one more client has gone, for at most [millis]. */
    public fun awaitHangUp(millis: Long): Unit =
        check(hangUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) { "no client has hung up in $millis ms" }

    /** Hangs up on all who are still there. */
    override fun close() {
        listener.close()
        sockets.forEach(Socket::close)
    }

    private fun listen(socket: Socket) {
        sockets += socket
        FakeServer.spawn("mute-read") {
            val input = socket.getInputStream()
            if (input.read() >= 0) greeted.release()
            // A reset is as good as an end.
            runCatching { generateSequence { input.read().takeIf { it >= 0 } }.count() }
            hangUps.release()
        }
    }

    /** How it begins. */
    public companion object {
        private const val BACKLOG = 100

        /** On a port that is free. */
        @JvmStatic
        public fun start(): MuteServer = MuteServer()
    }
}
