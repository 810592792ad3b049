package dev.tandem.transport

/**
 * Lines out of bytes that come in pieces of any size. A line ends with LF, CR or both, or, unless [endsAtReturn], with LF
 * only; the line is left in [buffer], from [start] to what [next] gave. Lines longer than [maxBytes] are refused.
 */
internal class Lines(private val maxBytes: Int, private val endsAtReturn: Boolean = true) {
    var buffer = ByteArray(INITIAL_BYTES)
        private set

    /** The line being read begins here, … */
    var start = 0
        private set

    /** … has no line end up to here, … */
    private var scanned = 0

    /** … and this is as far as bytes have arrived. */
    var end = 0
        private set

    /** Where the event begins that [start] is in, as [begin] said; -1 if it is not all in the buffer any more. */
    var begun = -1
        private set

    /** The last line ended in CR: an LF that follows belongs to it. */
    private var skipLineFeed = false

    fun feed(bytes: ByteArray, from: Int, to: Int) {
        makeRoom(to - from)
        bytes.copyInto(buffer, end, from, to)
        end += to - from
    }

    /** An event begins here. Its bytes are kept while there are not many. */
    fun begin() {
        skipLineFeed()
        begun = start
    }

    /** The event that began here was read without looking for lines, up to [to], where a line ended. */
    fun skipTo(to: Int) {
        advance(to - 1)
        skipLineFeed = endsAtReturn && buffer[to - 1] == CR
    }

    /** Where the line that begins at [start] ends, or -1 until more is fed. Go on with [advance]. */
    fun next(): Int {
        skipLineFeed()
        val lineEnd = lineEnd()
        scanned = if (lineEnd < 0) end else lineEnd
        checkLength(scanned)
        if (lineEnd >= 0) skipLineFeed = buffer[lineEnd] == CR
        return lineEnd
    }

    /** Past the line that ended at [lineEnd]. */
    fun advance(lineEnd: Int) {
        start = lineEnd + 1
        scanned = start
    }

    /** After the last byte: where the line ends that nothing ended, or -1 if there is none. */
    fun last(): Int {
        skipLineFeed()
        return if (start < end) end.also { scanned = it } else -1
    }

    /** After [last]: nothing is left. */
    fun clear() {
        start = end
    }

    private fun lineEnd(): Int {
        val bytes = buffer
        for (at in scanned until end) {
            val byte = bytes[at]
            if (byte == LF || (byte == CR && endsAtReturn)) return at
        }
        return -1
    }

    private fun checkLength(to: Int) {
        if (to - start > maxBytes) throw LineTooLongException(maxBytes)
    }

    private fun skipLineFeed() {
        if (!skipLineFeed || start == end) return
        skipLineFeed = false
        if (buffer[start] == LF) {
            start++
            scanned = start
        }
    }

    private fun makeRoom(bytes: Int) {
        if (start - begun > MOST_BEGUN_BYTES) begun = -1
        val kept = if (begun < 0) start else begun
        if (kept > 0) {
            buffer.copyInto(buffer, 0, kept, end)
            end -= kept
            scanned -= kept
            start -= kept
            if (begun > 0) begun = 0
        }
        if (end + bytes > buffer.size) buffer = buffer.copyOf(maxOf(buffer.size * 2, end + bytes))
    }

    companion object {
        /** Room for an image in base64. */
        const val DEFAULT_MAX_BYTES = 16 * 1024 * 1024

        private const val INITIAL_BYTES = 1024
        private const val MOST_BEGUN_BYTES = 64 * 1024
        private const val LF = '\n'.code.toByte()
        private const val CR = '\r'.code.toByte()
    }
}
