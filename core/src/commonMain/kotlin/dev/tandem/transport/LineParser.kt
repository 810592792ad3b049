package dev.tandem.transport

/** One frame for each line that is not blank, as in JSON by lines. */
internal class LineParser(maxBytes: Int = Lines.DEFAULT_MAX_BYTES) : FrameParser {
    private val lines = Lines(maxBytes)

    override fun feed(bytes: ByteArray, from: Int, to: Int) = lines.feed(bytes, from, to)

    override fun next(): Frame? {
        while (true) {
            val lineEnd = lines.next()
            if (lineEnd < 0) return null
            val frame = frame(lineEnd, isTerminated = true)
            lines.advance(lineEnd)
            if (frame != null) return frame
        }
    }

    override fun finish(): Frame? {
        val lineEnd = lines.last()
        val frame = if (lineEnd < 0) null else frame(lineEnd, isTerminated = false)
        lines.clear()
        return frame
    }

    private fun frame(lineEnd: Int, isTerminated: Boolean): Frame? = lines.buffer
        .decodeToString(lines.start, lineEnd)
        .takeIf { it.isNotBlank() }
        ?.let { Frame("", it, isTerminated) }
}
