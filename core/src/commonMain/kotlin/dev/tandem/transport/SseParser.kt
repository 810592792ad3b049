package dev.tandem.transport

/**
 * Server-sent events out of bytes, cut into pieces of any size. Follows the HTML standard, but leaves out what no model
 * provider needs (`id`, `retry`), never hands out an event without data, and hands out what is left at the end.
 *
 * Feed it, then take events until there is none, then feed again. Lines longer than [maxLineBytes] are refused.
 */
internal class SseParser(private val maxLineBytes: Int = DEFAULT_MAX_LINE_BYTES) {
    private var buffer = ByteArray(INITIAL_BYTES)

    /** The line being read begins here, … */
    private var start = 0

    /** … has no line end up to here, … */
    private var scanned = 0

    /** … and this is as far as bytes have arrived. */
    private var end = 0

    /** The last line ended in CR: an LF that follows belongs to it. */
    private var skipLineFeed = false
    private var isFirstLine = true
    private var name = ""
    private var data: StringBuilder? = null

    fun feed(bytes: ByteArray, from: Int, to: Int) {
        makeRoom(to - from)
        bytes.copyInto(buffer, end, from, to)
        end += to - from
    }

    /** The next whole event, or null until more is fed. */
    fun next(): SseEvent? {
        while (true) {
            val lineEnd = endOfLine()
            if (lineEnd < 0) return null
            val event = if (lineEnd == start) dispatch(isTerminated = true) else null.also { field(start, lineEnd) }
            start = lineEnd + 1
            scanned = start
            if (event != null) return event
        }
    }

    /** After the last byte and the last [next]: the event that no blank line closed, if there is one. */
    fun finish(): SseEvent? {
        skipLineFeed()
        if (start < end) field(start, end)
        start = end
        return dispatch(isTerminated = false)
    }

    private fun endOfLine(): Int {
        skipLineFeed()
        while (scanned < end) {
            val byte = buffer[scanned]
            if (byte == LF || byte == CR) {
                skipLineFeed = byte == CR
                return scanned
            }
            scanned++
        }
        if (end - start > maxLineBytes) throw SseLineTooLongException(maxLineBytes)
        return -1
    }

    private fun skipLineFeed() {
        if (!skipLineFeed || start == end) return
        skipLineFeed = false
        if (buffer[start] == LF) {
            start++
            scanned = start
        }
    }

    private fun field(lineStart: Int, lineEnd: Int) {
        val from = if (isFirstLine) lineStart + byteOrderMark(lineStart, lineEnd) else lineStart
        isFirstLine = false
        if (names(DATA, from, lineEnd)) {
            val value = value(from + DATA.size, lineEnd)
            data = (data?.append('\n') ?: StringBuilder(value.length)).append(value)
        } else if (names(EVENT, from, lineEnd)) {
            name = value(from + EVENT.size, lineEnd)
        }
        // Anything else is a comment or a field that nobody here needs.
    }

    /** A field's name, followed by a colon or the end of the line. */
    private fun names(field: ByteArray, from: Int, lineEnd: Int): Boolean {
        if (lineEnd - from < field.size) return false
        for (i in field.indices) if (buffer[from + i] != field[i]) return false
        return from + field.size == lineEnd || buffer[from + field.size] == COLON
    }

    /** What follows the colon, less one space. */
    private fun value(colon: Int, lineEnd: Int): String {
        if (colon == lineEnd) return ""
        val from = if (colon + 1 < lineEnd && buffer[colon + 1] == SPACE) colon + 2 else colon + 1
        return buffer.decodeToString(from, lineEnd)
    }

    private fun dispatch(isTerminated: Boolean): SseEvent? {
        val event = data?.takeIf { it.isNotEmpty() }?.let { SseEvent(name, it.toString(), isTerminated) }
        data = null
        name = ""
        isFirstLine = false
        return event
    }

    private fun byteOrderMark(from: Int, to: Int): Int =
        if (to - from >= BOM.size && BOM.indices.all { buffer[from + it] == BOM[it] }) BOM.size else 0

    private fun makeRoom(bytes: Int) {
        if (start > 0) {
            buffer.copyInto(buffer, 0, start, end)
            end -= start
            scanned -= start
            start = 0
        }
        if (end + bytes > buffer.size) buffer = buffer.copyOf(maxOf(buffer.size * 2, end + bytes))
    }

    companion object {
        /** Room for an image in base64. */
        const val DEFAULT_MAX_LINE_BYTES = 16 * 1024 * 1024

        private const val INITIAL_BYTES = 8 * 1024
        private const val LF = '\n'.code.toByte()
        private const val CR = '\r'.code.toByte()
        private const val COLON = ':'.code.toByte()
        private const val SPACE = ' '.code.toByte()
        private val DATA = "data".encodeToByteArray()
        private val EVENT = "event".encodeToByteArray()
        private val BOM = byteArrayOf(0xEF.toByte(), 0xBB.toByte(), 0xBF.toByte())
    }
}

internal class SseLineTooLongException(limit: Int) : RuntimeException() {
    override val message: String = "a line of the stream is longer than $limit bytes"
}
