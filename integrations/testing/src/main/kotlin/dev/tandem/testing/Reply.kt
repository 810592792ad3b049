package dev.tandem.testing

import java.io.ByteArrayOutputStream
import java.util.concurrent.CountDownLatch

/** What the server does with a request, byte by byte. Immutable; each method gives a new one. */
public class Reply internal constructor(internal val steps: List<Step>) {
    internal sealed interface Step

    internal class Write(val bytes: ByteArray) : Step

    internal class Await(val gate: CountDownLatch) : Step

    /** Until the client goes. */
    internal object Hold : Step

    internal object Hangup : Step

    internal object Reset : Step

    /** Sends only the first [count] bytes, head included, and closes the connection properly. */
    public fun cutAt(count: Int): Reply = Reply(first(count) + Hangup)

    /** Sends only the first [count] bytes, head included, and resets the connection. */
    public fun resetAt(count: Int): Reply = Reply(first(count) + Reset)

    /** Sends only the first [count] bytes, head included, and then nothing more. */
    public fun holdAt(count: Int): Reply = Reply(first(count) + Hold)

    /** Sends only the first [count] bytes, head included, waits for [gate], and closes the connection properly. */
    public fun cutAt(count: Int, gate: CountDownLatch): Reply = Reply(first(count) + Await(gate) + Hangup)

    /** Sends only the first [count] bytes, head included, waits for [gate], and resets the connection. */
    public fun resetAt(count: Int, gate: CountDownLatch): Reply = Reply(first(count) + Await(gate) + Reset)

    /** Sends the first [count] bytes, head included, waits for [gate], and goes on. */
    public fun pauseAt(count: Int, gate: CountDownLatch): Reply =
        Reply(first(count) + Await(gate) + Write(bytes().copyOfRange(count, size)))

    /** All of it in pieces of [size] bytes. */
    public fun splitEvery(size: Int): Reply = Reply(bytes().asList().chunked(size).map { Write(it.toByteArray()) })

    /** Waits for [gate] before the first byte. */
    public fun after(gate: CountDownLatch): Reply = Reply(listOf(Await(gate)) + steps)

    /** How many bytes there are, head included. */
    public val size: Int get() = bytes().size

    /** Of the head. */
    internal val status: Int get() = text().substringAfter(' ').substringBefore(' ').toInt()

    /** What follows the head, of an answer that is not in chunks. */
    internal val body: String get() = text().substringAfter("\r\n\r\n")

    private fun text() = bytes().decodeToString()

    private fun first(count: Int): List<Step> = listOf(Write(bytes().copyOf(count)))

    private fun bytes() = ByteArrayOutputStream().apply { steps.forEach { if (it is Write) write(it.bytes) } }.toByteArray()

    /** How a reply begins. The headers are name and value in turn in all of these. */
    public companion object {
        /** Never answers, and keeps the connection open. */
        @JvmStatic
        public fun silence(): Reply = Reply(listOf(Hold))

        /** Any bytes at all. */
        @JvmStatic
        public fun raw(bytes: ByteArray): Reply = Reply(listOf(Write(bytes)))

        /** A whole answer. */
        @JvmStatic
        public fun of(status: Int, contentType: String, body: String, vararg headers: String): Reply {
            val bytes = body.encodeToByteArray()
            return Reply(listOf(Write(head(status, contentType, headers, length(bytes.size)) + bytes)))
        }

        /** A success in JSON. */
        @JvmStatic
        public fun json(body: String, vararg headers: String): Reply = of(200, "application/json", body, *headers)

        /** A failure in JSON. */
        @JvmStatic
        public fun error(status: Int, body: String, vararg headers: String): Reply = of(status, "application/json", body, *headers)

        /** An answer of known length, each of [pieces] flushed by itself. */
        @JvmStatic
        public fun inPieces(status: Int, contentType: String, pieces: List<ByteArray>, vararg headers: String): Reply =
            Reply(listOf(Write(head(status, contentType, headers, length(pieces.sumOf { it.size })))) + pieces.map(::Write))

        /** An answer of unknown length: each of [pieces] flushed as a chunk of its own, then the end. */
        @JvmStatic
        public fun inChunks(status: Int, contentType: String, pieces: List<ByteArray>, vararg headers: String): Reply =
            Reply(open(status, contentType, pieces, headers) + Write(LAST_CHUNK))

        /** A stream: each of [pieces] in a chunk of its own, then the end. */
        @JvmStatic
        public fun stream(pieces: List<String>, vararg headers: String): Reply =
            inChunks(200, EVENT_STREAM, pieces.map(String::encodeToByteArray), *headers)

        /** A stream that says [pieces] and then nothing more, for as long as the client stays. */
        @JvmStatic
        public fun streamThenHold(pieces: List<String>, vararg headers: String): Reply =
            Reply(open(200, EVENT_STREAM, pieces.map(String::encodeToByteArray), headers) + Hold)

        /** Lines of JSON, each in a chunk of its own, then the end. */
        @JvmStatic
        public fun lines(lines: List<String>, vararg headers: String): Reply =
            inChunks(200, JSON_LINES, lines.map { "$it\n".encodeToByteArray() }, *headers)

        /** Lines of JSON, and then nothing more, for as long as the client stays. */
        @JvmStatic
        public fun linesThenHold(lines: List<String>, vararg headers: String): Reply =
            Reply(open(200, JSON_LINES, lines.map { "$it\n".encodeToByteArray() }, headers) + Hold)

        private fun open(status: Int, contentType: String, pieces: List<ByteArray>, headers: Array<out String>): List<Step> =
            listOf(Write(head(status, contentType, headers, "Transfer-Encoding: chunked"))) +
                // An empty chunk would be the last one.
                pieces.filter { it.isNotEmpty() }.map { Write(chunk(it)) }

        private fun chunk(piece: ByteArray): ByteArray =
            "${piece.size.toString(16)}\r\n".encodeToByteArray() + piece + "\r\n".encodeToByteArray()

        private fun length(bytes: Int) = "Content-Length: $bytes"

        private fun head(status: Int, contentType: String, headers: Array<out String>, length: String): ByteArray {
            val named = headers.toList().chunked(2).map { (name, value) -> "$name: $value" }
            val lines = listOf("HTTP/1.1 $status Whatever", "Content-Type: $contentType") +
                // This status has no body, so no length either.
                listOf(length).filter { status != NO_CONTENT } + named
            return lines.joinToString("\r\n", postfix = "\r\n\r\n").encodeToByteArray()
        }

        private const val EVENT_STREAM = "text/event-stream"
        private const val JSON_LINES = "application/x-ndjson"
        private const val NO_CONTENT = 204
        private val LAST_CHUNK = "0\r\n\r\n".encodeToByteArray()
    }
}
