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
    private var end = 0

    /** The last line ended in CR: an LF that follows belongs to it. */
    private var skipLineFeed = false

    fun feed(bytes: ByteArray, from: Int, to: Int) {
        makeRoom(to - from)
        bytes.copyInto(buffer, end, from, to)
        end += to - from
    }

    /** Where the line that begins at [start] ends, or -1 until more is fed. Go on with [advance]. */
    fun next(): Int {
        skipLineFeed()
        while (scanned < end) {
            val byte = buffer[scanned]
            if (byte == LF || (byte == CR && endsAtReturn)) {
                skipLineFeed = byte == CR
                checkLength(scanned)
                return scanned
            }
            scanned++
        }
        checkLength(end)
        return -1
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
        const val DEFAULT_MAX_BYTES = 16 * 1024 * 1024

        private const val INITIAL_BYTES = 8 * 1024
        private const val LF = '\n'.code.toByte()
        private const val CR = '\r'.code.toByte()
    }
}
