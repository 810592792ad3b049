package dev.tandem.fake

import java.io.ByteArrayOutputStream
import java.util.concurrent.CountDownLatch

/** What the server does with a request, byte by byte. Immutable; each method gives a new one. */
class Reply internal constructor(internal val steps: List<Step>) {
    internal sealed interface Step

    internal class Write(val bytes: ByteArray) : Step

    internal class Await(val gate: CountDownLatch) : Step

    /** Until the client goes. */
    internal object Hold : Step

    internal object Hangup : Step

    internal object Reset : Step

    /** Sends only the first [count] bytes, head included, and closes the connection properly. */
    fun cutAt(count: Int): Reply = Reply(first(count) + Hangup)

    /** Sends only the first [count] bytes, head included, and resets the connection. */
    fun resetAt(count: Int): Reply = Reply(first(count) + Reset)

    /** Sends only the first [count] bytes, head included, and then nothing more. */
    fun holdAt(count: Int): Reply = Reply(first(count) + Hold)

    /** Sends only the first [count] bytes, head included, waits for [gate], and closes the connection properly. */
    fun cutAt(count: Int, gate: CountDownLatch): Reply = Reply(first(count) + Await(gate) + Hangup)

    /** Sends only the first [count] bytes, head included, waits for [gate], and resets the connection. */
    fun resetAt(count: Int, gate: CountDownLatch): Reply = Reply(first(count) + Await(gate) + Reset)

    /** All of it in pieces of [size] bytes. */
    fun splitEvery(size: Int): Reply = Reply(bytes().asList().chunked(size).map { Write(it.toByteArray()) })

    /** Waits for [gate] before the first byte. */
    fun after(gate: CountDownLatch): Reply = Reply(listOf(Await(gate)) + steps)

    /** How many bytes there are, head included. */
    val size: Int get() = bytes().size

    private fun first(count: Int): List<Step> = listOf(Write(bytes().copyOf(count)))

    private fun bytes() = ByteArrayOutputStream().apply { steps.forEach { if (it is Write) write(it.bytes) } }.toByteArray()

    companion object {
        /** Never answers, and keeps the connection open. */
        @JvmStatic
        fun silence(): Reply = Reply(listOf(Hold))

        /** Any bytes at all. */
        @JvmStatic
        fun raw(bytes: ByteArray): Reply = Reply(listOf(Write(bytes)))

        /** A whole answer. [headers] are name and value in turn. */
        @JvmStatic
        fun of(status: Int, contentType: String, body: String, vararg headers: String): Reply {
            val bytes = body.encodeToByteArray()
            return Reply(listOf(Write(head(status, contentType, headers, "Content-Length: ${bytes.size}") + bytes)))
        }

        @JvmStatic
        fun json(body: String, vararg headers: String): Reply = of(200, "application/json", body, *headers)

        @JvmStatic
        fun error(status: Int, body: String, vararg headers: String): Reply = of(status, "application/json", body, *headers)

        /** A stream: each of [pieces] in a chunk of its own, then the end. */
        @JvmStatic
        fun stream(pieces: List<String>, vararg headers: String): Reply =
            Reply(open(pieces, headers, EVENTS) + Write("0\r\n\r\n".encodeToByteArray()))

        /** A stream that says [pieces] and then nothing more, for as long as the client stays. */
        @JvmStatic
        fun streamThenHold(pieces: List<String>, vararg headers: String): Reply = Reply(open(pieces, headers, EVENTS) + Hold)

        /** Lines of JSON, each in a chunk of its own, then the end. */
        @JvmStatic
        fun lines(lines: List<String>, vararg headers: String): Reply =
            Reply(open(lines.map { "$it\n" }, headers, LINES) + Write("0\r\n\r\n".encodeToByteArray()))

        /** Lines of JSON, and then nothing more, for as long as the client stays. */
        @JvmStatic
        fun linesThenHold(lines: List<String>, vararg headers: String): Reply = Reply(open(lines.map { "$it\n" }, headers, LINES) + Hold)

        private const val EVENTS = "text/event-stream"
        private const val LINES = "application/x-ndjson"

        private fun open(pieces: List<String>, headers: Array<out String>, contentType: String): List<Step> =
            listOf(Write(head(200, contentType, headers, "Transfer-Encoding: chunked"))) + pieces.map { Write(chunk(it)) }

        private fun chunk(piece: String): ByteArray {
            val bytes = piece.encodeToByteArray()
            return "${bytes.size.toString(16)}\r\n".encodeToByteArray() + bytes + "\r\n".encodeToByteArray()
        }

        private fun head(status: Int, contentType: String, headers: Array<out String>, length: String): ByteArray {
            val named = headers.toList().chunked(2).joinToString("") { (name, value) -> "$name: $value\r\n" }
            return "HTTP/1.1 $status Whatever\r\nContent-Type: $contentType\r\n$length\r\n$named\r\n".encodeToByteArray()
        }
    }
}
