package dev.tandem.testing

import java.io.ByteArrayOutputStream
import java.util.concurrent.CountDownLatch
import java.util.zip.GZIPOutputStream

/** [texts] and the end marker as events, each compressed and flushed by itself. */
internal fun gzipped(vararg texts: String): Reply = inGzip(OpenAiReplies.chunks(*texts) + OpenAiReplies.event("[DONE]"), isWhole = true)

/** How that begins. The body has an end, but neither the answer nor its gzip has. */
internal fun gzippedStart(vararg texts: String): Reply = inGzip(OpenAiReplies.chunks(*texts), isWhole = false)

private fun inGzip(events: List<String>, isWhole: Boolean): Reply {
    val bytes = ByteArrayOutputStream()
    val gzip = GZIPOutputStream(bytes, true)

    fun pieceOf(write: () -> Unit): ByteArray {
        write()
        return bytes.toByteArray().also { bytes.reset() }
    }

    val pieces = events.map { event ->
        pieceOf {
            gzip.write(event.encodeToByteArray())
            gzip.flush()
        }
    }
    val end = if (isWhole) listOf(pieceOf(gzip::close)) else emptyList()
    return Reply.inChunks(200, "text/event-stream", pieces + end, "Content-Encoding", "gzip")
}

/** `0`, and two line ends. */
internal const val LAST_CHUNK_BYTES = 5

/** A whole answer as bytes. */
internal fun raw(text: String): ByteArray {
    val body = """{"choices":[{"message":{"content":"$text"},"finish_reason":"stop"}]}"""
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n$body".encodeToByteArray()
}

/** All but the last event, and, once [gate] is open, a proper close. */
internal fun Reply.cutBeforeEnd(gate: CountDownLatch): Reply = cutAt(size - END_BYTES, gate)

/** All but the last event, and, once [gate] is open, a reset. */
internal fun Reply.resetBeforeEnd(gate: CountDownLatch): Reply = resetAt(size - END_BYTES, gate)

/** More than an end marker, less than the last three events of a stream. */
private const val END_BYTES = 250
