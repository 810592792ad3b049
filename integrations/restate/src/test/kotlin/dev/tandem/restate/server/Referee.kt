package dev.tandem.restate.server

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Hears of what the actions in another process do, and says when each may end. */
class Referee : AutoCloseable {
    private val socket = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val calls = LinkedBlockingQueue<Call>()

    /** Only for the test. */
    private var speaker = 0L
    val port: Int get() = socket.localPort

    init {
        thread(isDaemon = true, name = "referee") {
            while (!socket.isClosed) runCatching { listen(socket.accept()) }
        }
    }

    private fun listen(caller: Socket) {
        caller.soTimeout = PATIENCE_MILLIS
        val (pid, name) = caller
            .getInputStream()
            .bufferedReader()
            .readLine()
            .split(' ', limit = 2)
        calls += Call(pid.toLong(), name, caller)
    }

    /** Only the process [pid] from now on. */
    fun hear(pid: Long) {
        speaker = pid
    }

    fun next(): Call {
        while (true) {
            val call =
                checkNotNull(calls.poll(PATIENCE_MILLIS.toLong(), TimeUnit.MILLISECONDS)) { "nothing began and nothing was heard of" }
            if (call.pid == speaker) return call
        }
    }

    override fun close() = socket.close()

    class Call(val pid: Long, val name: String, private val caller: Socket) {
        fun go() = caller.use { it.getOutputStream().write('!'.code) }

        /** Returns when the caller has given up. */
        fun awaitEnd() = caller.use { check(it.getInputStream().read() == -1) }
    }

    private companion object {
        const val PATIENCE_MILLIS = 60_000
    }
}
