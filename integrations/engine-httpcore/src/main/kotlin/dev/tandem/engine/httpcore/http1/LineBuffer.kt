package dev.tandem.engine.httpcore.http1

import java.net.ProtocolException

/** One line of an answer's head or framing, which may come in pieces. */
internal class LineBuffer {
    private var bytes = ByteArray(INITIAL_BYTES)
    private var size = 0

    /** Whether it has come to its end. */
    var isWhole = false
        private set

    /** Takes up to the end of the line, and says where that is. */
    fun take(from: ByteArray, start: Int, to: Int): Int {
        var at = start
        while (at < to && from[at] != LF) at++
        add(from, start, at)
        isWhole = at < to
        return if (isWhole) at + 1 else at
    }

    /** The line without its end; then it begins anew. */
    fun clear(): String {
        val end = end()
        if (end == 0) return "".also { reset() }
        val text = String(bytes, 0, end, Charsets.ISO_8859_1)
        if ('\r' in text || '\u0000' in text) wrong("a line holds a character that no line may")
        reset()
        return text
    }

    /** The same for a line that says how long a chunk is: one of them comes with each token, so it makes no text. */
    fun clearAsChunkSize(): Long {
        val end = end()
        var at = 0
        var length = 0L
        while (at < end) {
            val digit = Character.digit(bytes[at].toInt(), HEX)
            if (digit < 0) break
            if (++at > MOST_DIGITS) wrong("a chunk is longer than any can be")
            length = length * HEX + digit
        }
        if (at == 0) wrong("a chunk does not say how long it is")
        while (at < end && (bytes[at] == SPACE || bytes[at] == TAB)) at++
        // What may follow is an extension, of which there are none.
        if (at < end && bytes[at] != SEMICOLON) wrong("the length of a chunk is no number")
        while (at < end) if (bytes[at] == CR || bytes[at++] == NUL) wrong("a line holds a character that no line may")
        reset()
        return length
    }

    private fun end() = if (size > 0 && bytes[size - 1] == CR) size - 1 else size

    private fun reset() {
        size = 0
        isWhole = false
    }

    private fun wrong(what: String): Nothing = throw ProtocolException("the answer breaks HTTP/1.1: $what")

    private fun add(from: ByteArray, start: Int, end: Int) {
        val count = end - start
        if (size + count > MOST_BYTES) wrong("a line is longer than $MOST_BYTES bytes")
        if (size + count > bytes.size) bytes = bytes.copyOf(maxOf(bytes.size * 2, size + count))
        from.copyInto(bytes, size, start, end)
        size += count
    }

    private companion object {
        const val INITIAL_BYTES = 256
        const val MOST_BYTES = 64 * 1024
        const val HEX = 16
        const val MOST_DIGITS = 15
        const val SPACE = ' '.code.toByte()
        const val TAB = '\t'.code.toByte()
        const val SEMICOLON = ';'.code.toByte()
        const val LF = '\n'.code.toByte()
        const val NUL: Byte = 0
        const val CR = '\r'.code.toByte()
    }
}
