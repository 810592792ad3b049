package dev.tandem.transport

/**
 * Server-sent events whose data is raw text, from servers that escape nothing but LF: only that ends a line, and a CR is part
 * of the text. Unless the blank line after an event has one too: then this is a server whose lines end in CR LF.
 */
internal class RawEventParser(private val maxBytes: Int = Lines.DEFAULT_MAX_BYTES) : FrameParser {
    private val lines = Lines(maxBytes, endsAtReturn = false)
    private val data = mutableListOf<String>()
    private var length = 0

    override fun feed(bytes: ByteArray, from: Int, to: Int) = lines.feed(bytes, from, to)

    override fun next(): Frame? {
        while (true) {
            val lineEnd = lines.next()
            if (lineEnd < 0) return null
            val line = lines.buffer.decodeToString(lines.start, lineEnd)
            lines.advance(lineEnd)
            when (line) {
                "" -> dispatch(data, isTerminated = true)?.let { return it }
                "\r" -> dispatch(data.map { it.removeSuffix("\r") }, isTerminated = true)?.let { return it }
                else -> field(line)
            }
        }
    }

    override fun finish(): Frame? {
        val lineEnd = lines.last()
        if (lineEnd >= 0) field(lines.buffer.decodeToString(lines.start, lineEnd))
        lines.clear()
        return dispatch(data, isTerminated = false)
    }

    /** Anything else is a comment or a field that nobody here needs. */
    private fun field(line: String) {
        if (!line.startsWith(DATA)) return
        length += line.length
        if (length > maxBytes) throw LineTooLongException(maxBytes)
        data += line.substring(DATA.length).removePrefix(" ")
    }

    private fun dispatch(lines: List<String>, isTerminated: Boolean): Frame? {
        val text = lines.joinToString("\n")
        data.clear()
        length = 0
        return if (text.isEmpty()) null else Frame("", text, isTerminated)
    }

    private companion object {
        const val DATA = "data:"
    }
}
