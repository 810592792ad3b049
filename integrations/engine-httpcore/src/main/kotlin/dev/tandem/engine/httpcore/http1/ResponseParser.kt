package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.HeaderList
import java.net.ProtocolException

/**
 * Reads answers of HTTP/1.1 out of bytes that come in pieces of any size. Strict about whatever says where an answer ends:
 * two servers that disagree about that can be made to mix answers up.
 */
internal class ResponseParser {
    private enum class State { HEAD, FIXED, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS, UNTIL_CLOSED }

    private var state = State.HEAD
    private val line = LineBuffer()
    private var status = 0
    private var headers = HeaderList()
    private var isKept = true

    /** Bytes that the body, or its chunk, still has. */
    private var left = 0L

    /** Whether anything of an answer has come. */
    var hasBegun = false
        private set

    /** Where it stopped: at the end of an answer, or at [to]. */
    fun feed(bytes: ByteArray, from: Int, to: Int, sink: Sink): Int {
        var at = from
        hasBegun = hasBegun || from < to
        while (at < to) {
            at = when (state) {
                State.HEAD, State.CHUNK_SIZE, State.CHUNK_END, State.TRAILERS -> line.take(bytes, at, to)
                State.FIXED, State.CHUNK -> body(bytes, at, to, sink)
                State.UNTIL_CLOSED -> to.also { sink.body(bytes, at, to) }
            }
            if (line.isWhole && takeLine(sink)) return at
            if (state == State.FIXED && left == 0L) return at.also { end(sink) }
        }
        return at
    }

    /** The server has closed. True if that is how this answer ends. */
    fun close(sink: Sink): Boolean {
        if (state != State.UNTIL_CLOSED) return false
        end(sink)
        return true
    }

    private fun body(bytes: ByteArray, from: Int, to: Int, sink: Sink): Int {
        val end = minOf(to.toLong(), from + left).toInt()
        sink.body(bytes, from, end)
        left -= end - from
        if (left == 0L && state == State.CHUNK) state = State.CHUNK_END
        return end
    }

    /** True at the end of an answer. */
    private fun takeLine(sink: Sink): Boolean {
        when (state) {
            State.HEAD -> return head(line.clear(), sink)
            State.CHUNK_SIZE -> chunk(line.clearAsChunkSize())
            State.CHUNK_END -> if (line.clear().isEmpty()) state = State.CHUNK_SIZE else wrong("a chunk is longer than it said")
            else -> if (line.clear().isEmpty()) return true.also { end(sink) }
        }
        return false
    }

    private fun head(text: String, sink: Sink): Boolean {
        if (status == 0) {
            statusLine(text)
        } else if (text.isNotEmpty()) {
            header(text)
        } else if (status in INFORMATIONAL) {
            if (status == SWITCHING) wrong("the server changes to a protocol that nobody asked for")
            reset()
        } else {
            return beginBody(sink)
        }
        return false
    }

    private fun statusLine(text: String) {
        val isHttp = text.length >= SHORTEST_STATUS && text.startsWith("HTTP/1.") && text[MINOR] in '0'..'9' && text[MINOR + 1] == ' '
        val code = if (isHttp) text.substring(MINOR + 2, SHORTEST_STATUS).toIntOrNull() else null
        if (code == null || code !in STATUSES || text.getOrElse(SHORTEST_STATUS) { ' ' } != ' ') wrong("this is no answer of HTTP/1.1")
        status = code
        isKept = text[MINOR] != '0'
    }

    private fun header(text: String) {
        val colon = text.indexOf(':')
        // A line that goes on where the last one ended is obsolete, and a way to smuggle.
        if (colon <= 0 || (0 until colon).any { text[it] <= ' ' }) wrong("a header has no name")
        if (headers.size == MOST_HEADERS) wrong("there are more than $MOST_HEADERS headers")
        headers.add(text.substring(0, colon), text.substring(colon + 1).trim(' ', '\t'))
    }

    /** True where there is none. */
    private fun beginBody(sink: Sink): Boolean {
        val coding = headers.getAll("Transfer-Encoding")?.joinToString(",")
        val lengths = headers
            .getAll("Content-Length")
            .orEmpty()
            .flatMap { it.split(',') }
            .map { it.trim(' ', '\t') }
            .distinct()
        learnWhetherKept(coding != null)
        if (coding != null && lengths.isNotEmpty()) wrong("it says both how long its body is and that it comes in chunks")
        if (lengths.size > 1) wrong("it says two lengths of its body")
        val isBodiless = status in BODILESS || sink.isHeadOnly
        when {
            isBodiless -> left = 0
            coding.equals("chunked", ignoreCase = true) -> state = State.CHUNK_SIZE
            coding != null && !coding.equals("identity", ignoreCase = true) -> wrong("its transfer encoding '$coding' is not known")
            lengths.isNotEmpty() -> fixed(lengths.single())
            else -> state = State.UNTIL_CLOSED.also { isKept = false }
        }
        sink.head(status, headers)
        val isEmpty = isBodiless || (state == State.FIXED && left == 0L)
        if (isEmpty) end(sink)
        return isEmpty
    }

    private fun learnWhetherKept(isCoded: Boolean) {
        // HTTP/1.0 knows no codings: where one passes them on, nobody knows where the answer ends.
        if (isCoded && !isKept) return
        val wishes = headers.getAll("Connection") ?: return
        val tokens = wishes.flatMap { it.split(',') }.map { it.trim(' ', '\t').lowercase() }
        if ("close" in tokens) {
            isKept = false
        } else if ("keep-alive" in tokens) {
            isKept = true
        }
    }

    private fun fixed(length: String) {
        if (length.isEmpty() || length.length > LONGEST_NUMBER || length.any { it !in '0'..'9' }) wrong("'$length' is no length of a body")
        left = length.toLong()
        state = State.FIXED
    }

    private fun chunk(length: Long) {
        left = length
        state = if (length == 0L) State.TRAILERS else State.CHUNK
    }

    private fun end(sink: Sink) {
        val isKept = isKept
        reset()
        hasBegun = false
        sink.end(isKept)
    }

    private fun reset() {
        state = State.HEAD
        status = 0
        headers = HeaderList()
        isKept = true
    }

    private fun wrong(what: String): Nothing = throw ProtocolException("the answer breaks HTTP/1.1: $what")

    /** Who gets what is read. */
    interface Sink {
        /** The question was a HEAD: whatever the answer says, it has no body. */
        val isHeadOnly: Boolean

        fun head(status: Int, headers: HeaderList)

        fun body(bytes: ByteArray, from: Int, to: Int)

        /** The connection can be used again if it [isKept]. */
        fun end(isKept: Boolean)
    }

    private companion object {
        const val MINOR = 7
        const val SHORTEST_STATUS = 12
        const val SWITCHING = 101
        const val LONGEST_NUMBER = 18
        const val MOST_HEADERS = 500
        val STATUSES = 100..999
        val INFORMATIONAL = 100..199
        val BODILESS = setOf(204, 304)
    }
}
