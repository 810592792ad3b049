package dev.tandem.transport

/**
 * Server-sent events. Follows the HTML standard, but leaves out what no model provider needs (`id`, `retry`), never hands
 * out an event without data, and hands out what is left at the end. Neither a line nor the data of one event may be longer
 * than [maxBytes].
 */
internal class SseParser(private val maxBytes: Int = Lines.DEFAULT_MAX_BYTES) : FrameParser {
    private val lines = Lines(maxBytes)
    private val template = TextTemplate(lines, maxBytes)
    private var isBetweenEvents = true
    private var isFirstLine = true
    private var name = ""
    private var data: String? = null

    /** All of [data], where it has several lines. */
    private var joined: StringBuilder? = null

    /** The event is JSON without a field's name: that is how some servers say what went wrong in the midst of a stream. */
    private var isBare = false

    override fun feed(bytes: ByteArray, from: Int, to: Int) = lines.feed(bytes, from, to)

    override fun next(): Frame? {
        if (isBetweenEvents) template.next()?.let { return it }
        return if (isBetweenEvents && template.isUndecided) null else parsed()
    }

    override fun learn(text: String?, unread: String?) = template.learn(text, unread)

    private fun parsed(): Frame? {
        while (true) {
            val lineEnd = lines.next()
            if (lineEnd < 0) return null
            isBetweenEvents = lineEnd == lines.start
            val event = if (isBetweenEvents) dispatch(isTerminated = true) else null.also { field(lines.start, lineEnd) }
            lines.advance(lineEnd)
            if (event != null) return event
            if (isBetweenEvents) lines.begin()
        }
    }

    override fun finish(): Frame? {
        // What looked like one for the template, and was not whole.
        parsed()?.let { return it }
        val lineEnd = lines.last()
        if (lineEnd >= 0) field(lines.start, lineEnd)
        lines.clear()
        return dispatch(isTerminated = false)
    }

    private fun field(lineStart: Int, lineEnd: Int) {
        val from = if (isFirstLine) lineStart + byteOrderMark(lineStart, lineEnd) else lineStart
        isFirstLine = false
        if (isBare || (data == null && from < lineEnd && lines.buffer[from] == BRACE)) {
            isBare = true
            append(lines.buffer.decodeToString(from, lineEnd))
        } else if (names(DATA, from, lineEnd)) {
            append(value(from + DATA.size, lineEnd))
        } else if (names(EVENT, from, lineEnd)) {
            name = value(from + EVENT.size, lineEnd)
        }
        // Anything else is a comment or a field that nobody here needs.
    }

    private fun append(value: String) {
        val first = data
        if (first == null) {
            data = value
            return
        }
        val all = joined ?: StringBuilder(first).also { joined = it }
        all.append('\n')
        if (all.length + value.length > maxBytes) throw LineTooLongException(maxBytes)
        all.append(value)
    }

    /** A field's name, followed by a colon or the end of the line. */
    private fun names(field: ByteArray, from: Int, lineEnd: Int): Boolean {
        if (lineEnd - from < field.size) return false
        for (i in field.indices) if (lines.buffer[from + i] != field[i]) return false
        return from + field.size == lineEnd || lines.buffer[from + field.size] == COLON
    }

    /** What follows the colon, less one space. */
    private fun value(colon: Int, lineEnd: Int): String {
        if (colon == lineEnd) return ""
        val from = if (colon + 1 < lineEnd && lines.buffer[colon + 1] == SPACE) colon + 2 else colon + 1
        return lines.buffer.decodeToString(from, lineEnd)
    }

    private fun dispatch(isTerminated: Boolean): Frame? {
        val all = joined?.toString() ?: data
        val event = if (all.isNullOrEmpty()) null else Frame(name, all, isTerminated)
        data = null
        joined = null
        name = ""
        isBare = false
        isFirstLine = false
        return event
    }

    private fun byteOrderMark(from: Int, to: Int): Int =
        if (to - from >= BOM.size && BOM.indices.all { lines.buffer[from + it] == BOM[it] }) BOM.size else 0

    private companion object {
        const val COLON = ':'.code.toByte()
        const val BRACE = '{'.code.toByte()
        const val SPACE = ' '.code.toByte()
        val DATA = "data".encodeToByteArray()
        val EVENT = "event".encodeToByteArray()
        val BOM = byteArrayOf(0xEF.toByte(), 0xBB.toByte(), 0xBF.toByte())
    }
}
