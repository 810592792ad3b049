package dev.tandem.transport

/** A JSON string as bytes, read where it is plain. */
internal object JsonText {
    private const val QUOTE = '"'.code.toByte()
    private const val BACKSLASH = '\\'.code.toByte()
    private const val BROKEN = '\uFFFD'

    /** What may follow a backslash, and what it stands for; `\u` is left to others. */
    private const val ESCAPES = "\"\\/bfnrt"
    private val MEANINGS = "\"\\/\b\u000C\n\r\t".encodeToByteArray()

    /** Where the string ends whose first character is at [from]: at its quote, or at [to]. -1 if it holds what no JSON string may. */
    fun endOf(bytes: ByteArray, from: Int, to: Int): Int {
        var at = from
        while (at < to) {
            val byte = bytes[at]
            when {
                byte == QUOTE -> return at
                byte == BACKSLASH -> if (at + 1 < to && (bytes[at + 1] == QUOTE || bytes[at + 1] == BACKSLASH)) at++
                byte in 0..0x1F -> return -1
            }
            at++
        }
        return to
    }

    /** The same of a string without escapes: -1 if there are any. */
    fun endOfPlain(bytes: ByteArray, from: Int, to: Int): Int {
        val end = endOf(bytes, from, to)
        return if ((from until end).any { bytes[it] == BACKSLASH }) -1 else end
    }

    /** The string, or null where it takes more to read it. */
    fun of(bytes: ByteArray, from: Int, to: Int): String? {
        var isAscii = true
        for (at in from until to) {
            if (bytes[at] == BACKSLASH) return unescaped(bytes, from, to)
            if (bytes[at] < 0) isAscii = false
        }
        return whole(bytes, from, to, isAscii)
    }

    private fun unescaped(bytes: ByteArray, from: Int, to: Int): String? {
        val text = ByteArray(to - from)
        var size = 0
        var at = from
        while (at < to) {
            var byte = bytes[at++]
            if (byte ==
                BACKSLASH
            ) {
                byte = MEANINGS.getOrNull(if (at < to) ESCAPES.indexOf(bytes[at++].toInt().toChar()) else -1) ?: return null
            }
            text[size++] = byte
        }
        return whole(text, 0, size, isAscii = false)
    }

    /** What broken UTF-8 becomes may depend on what follows it. */
    private fun whole(bytes: ByteArray, from: Int, to: Int, isAscii: Boolean): String? =
        bytes.decodeToString(from, to).takeIf { isAscii || BROKEN !in it }
}
