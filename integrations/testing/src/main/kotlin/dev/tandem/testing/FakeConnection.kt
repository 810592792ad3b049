package dev.tandem.testing

import java.io.BufferedInputStream
import java.io.EOFException
import java.io.IOException
import java.io.InputStream
import java.net.Socket
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.atomic.AtomicInteger

/** One socket: a thread reads, and so sees the client go at any time; another writes what the replies say. */
internal class FakeConnection(private val socket: Socket, private val serve: (FakeRequest) -> Reply, private val onHangUp: () -> Unit) {
    private val gone = CountDownLatch(1)
    private val requests = LinkedBlockingQueue<FakeRequest>()

    /** A client may send its next request as soon as it has the last byte, which is before the writer knows that it was the last. */
    private val unanswered = AtomicInteger()

    fun read() {
        FakeServer.spawn("write", ::write)
        try {
            val input = BufferedInputStream(socket.getInputStream())
            while (true) {
                val request = readRequest(input)
                unanswered.incrementAndGet()
                requests += request
            }
        } catch (_: IOException) {
            if (unanswered.get() > 0) onHangUp()
        } finally {
            gone.countDown()
            requests += END
        }
    }

    private fun write() {
        while (true) {
            val request = requests.take()
            if (request === END) return
            val reply = runCatching { serve(request) }.getOrElse { Reply.error(500, "{\"error\":\"the fake server: ${it.message}\"}") }
            val isOpen = reply.steps.all(::run)
            if (!isOpen) return
            unanswered.decrementAndGet()
        }
    }

    /** False when nothing more can be said on this connection. */
    private fun run(step: Reply.Step): Boolean {
        when (step) {
            is Reply.Write -> {
                socket.getOutputStream().write(step.bytes)
                socket.getOutputStream().flush()
            }

            is Reply.Await -> {
                step.gate.await()
            }

            Reply.Hold -> {
                gone.await()
            }

            Reply.Hangup -> {
                end()
            }

            Reply.Reset -> {
                socket.setSoLinger(true, 0)
                end()
            }
        }
        return step is Reply.Write || step is Reply.Await
    }

    private fun end() {
        unanswered.set(NOTHING_TO_TELL)
        socket.close()
    }

    fun close() {
        end()
        gone.countDown()
    }

    private fun readRequest(input: InputStream): FakeRequest {
        val (method, path) = readLine(input).split(' ')
        val headers = generateSequence { readLine(input).ifEmpty { null } }.associate { line ->
            line.substringBefore(':').lowercase() to line.substringAfter(':').trim()
        }
        val body = input.readNBytes(headers["content-length"]?.toInt() ?: 0)
        return FakeRequest(method, path, headers, body)
    }

    private fun readLine(input: InputStream): String {
        val line = StringBuilder()
        while (true) {
            when (val byte = input.read()) {
                -1 -> throw EOFException()
                '\n'.code -> return line.removeSuffix("\r").toString()
                else -> line.append(byte.toChar())
            }
        }
    }

    private companion object {
        val END = FakeRequest("", "", emptyMap(), "")

        /** What this side ends itself nobody hung up on, whatever else arrives. */
        const val NOTHING_TO_TELL = Int.MIN_VALUE
    }
}
