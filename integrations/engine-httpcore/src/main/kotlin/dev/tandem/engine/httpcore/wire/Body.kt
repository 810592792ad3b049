package dev.tandem.engine.httpcore.wire

import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.io.Buffer
import kotlinx.io.Source
import java.io.EOFException
import java.io.IOException
import java.nio.ByteBuffer
import java.util.zip.DataFormatException
import kotlin.coroutines.resume

/**
 * The body of an answer: an event loop puts bytes in, one coroutine takes them out. The loop never waits; what it may read
 * on is told to the [tap]. Bytes that came before a failure are handed out before it.
 */
internal class Body(private val tap: Tap) : ByteReadChannel {
    /** Guarded by itself, as are the next three. */
    private val incoming = Buffer()
    private var hasEnded = false
    private var failure: Throwable? = null
    private var waiter: CancellableContinuation<Unit>? = null

    /** As they came over the wire, since the reader last took some. */
    private var received = 0L

    /** Of the loop alone. */
    private var gunzip: Gunzip? = null

    /** The reader's own. */
    private val buffer = Buffer()

    /** Before the first [offer]: what comes has to be unpacked. */
    fun beginGzip() {
        gunzip = Gunzip()
    }

    fun offer(bytes: ByteArray, from: Int, to: Int) = synchronized(incoming) {
        received += to - from
        if (failure == null) write(bytes, from, to)
    }

    fun offer(bytes: ByteBuffer) {
        val copy = ByteArray(bytes.remaining())
        bytes.get(copy)
        offer(copy, 0, copy.size)
    }

    private fun write(bytes: ByteArray, from: Int, to: Int) {
        try {
            gunzip?.take(bytes, from, to) { plain, count -> incoming.write(plain, 0, count) } ?: incoming.write(bytes, from, to)
        } catch (e: IOException) {
            failure = e
            tap.abandon()
        } catch (e: DataFormatException) {
            failure = IOException("the gzip body is broken: ${e.message}", e)
            tap.abandon()
        }
    }

    /** After some [offer]s: tells the reader, and the tap how much has piled up. */
    fun flush() {
        val reader = synchronized(incoming) {
            if (!hasEnded && failure == null) tap.arrived(incoming.size)
            takeWaiter()
        }
        reader?.resume(Unit)
    }

    fun end() = finish {
        if (gunzip?.isWhole == false && failure == null) failure = EOFException("the gzip body breaks off")
        hasEnded = failure == null
    }

    /** Nothing after the end can hurt. */
    fun fail(cause: Throwable) = finish { if (!hasEnded && failure == null) failure = cause }

    private inline fun finish(change: () -> Unit) {
        val reader = synchronized(incoming) {
            change()
            takeWaiter()
        }
        reader?.resume(Unit)
    }

    private fun takeWaiter() = waiter.also { waiter = null }

    override val closedCause: Throwable?
        get() = synchronized(incoming) { failure.takeIf { incoming.exhausted() && buffer.exhausted() } }

    override val isClosedForRead: Boolean
        get() = buffer.exhausted() && synchronized(incoming) { incoming.exhausted() && (hasEnded || failure != null) }

    @InternalAPI
    override val readBuffer: Source
        get() {
            if (buffer.exhausted()) take()
            return buffer
        }

    override suspend fun awaitContent(min: Int): Boolean {
        // What the reader has not looked at yet does not count as taken: else nothing would ever pile up, and stop the server.
        while (buffer.size < min) {
            val isAll = take()
            if (buffer.size >= min) break
            if (isAll) {
                if (buffer.exhausted()) closedCause?.let { throw it }
                return false
            }
            suspendCancellableCoroutine { continuation ->
                val isReady = synchronized(incoming) {
                    val isReady = !incoming.exhausted() || hasEnded || failure != null
                    if (!isReady) waiter = continuation
                    isReady
                }
                if (isReady) continuation.resume(Unit)
            }
        }
        return true
    }

    /** Takes over what has come; true when no more will. */
    private fun take(): Boolean = synchronized(incoming) {
        val count = incoming.size
        if (count > 0) {
            buffer.transferFrom(incoming)
            if (!hasEnded && failure == null) tap.taken(received)
            received = 0
        }
        hasEnded || failure != null
    }

    override fun cancel(cause: Throwable?) {
        val reader = synchronized(incoming) {
            if (hasEnded || failure != null) return
            failure = cause ?: CancellationException("the body was given up")
            tap.abandon()
            takeWaiter()
        }
        reader?.resume(Unit)
    }

    /** Where the bytes come from. */
    interface Tap {
        /** So many bytes are waiting for the reader. */
        fun arrived(waiting: Long)

        /** The reader has taken what was waiting: [count] bytes, as they came over the wire. */
        fun taken(count: Long)

        /** Nobody wants the rest. */
        fun abandon()
    }
}
