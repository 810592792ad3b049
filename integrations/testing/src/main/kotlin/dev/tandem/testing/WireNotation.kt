package dev.tandem.testing

import java.io.ByteArrayOutputStream

/** How tables write what an editor would not show: `⏎` is LF, `␍` CR, `␠` a space, and `‹E2 82›` are bytes. */
internal object WireNotation {
    private const val BYTES_BEGIN = '‹'
    private const val BYTES_END = '›'
    private val CHARACTERS = mapOf('⏎' to '\n', '␍' to '\r', '␠' to ' ')

    fun bytes(text: String): ByteArray {
        val bytes = ByteArrayOutputStream()
        var from = 0
        while (from < text.length) {
            val begin = text.indexOf(BYTES_BEGIN, from)
            val to = if (begin < 0) text.length else begin
            bytes.write(characters(text.substring(from, to)).encodeToByteArray())
            if (begin < 0) break
            val end = text.indexOf(BYTES_END, begin)
            require(end > 0) { "$BYTES_BEGIN without $BYTES_END" }
            text
                .substring(begin + 1, end)
                .trim()
                .split(' ')
                .forEach { bytes.write(it.toInt(radix = 16)) }
            from = end + 1
        }
        return bytes.toByteArray()
    }

    fun characters(text: String): String = text.map { CHARACTERS[it] ?: it }.joinToString("")

    /** The other way: on one line, and with no space at its ends. */
    fun show(text: String): String {
        val line = text.replace('\n', '⏎').replace('\r', '␍')
        val head = line.takeWhile { it == ' ' }.length
        val tail = if (head == line.length) 0 else line.takeLastWhile { it == ' ' }.length
        return "␠".repeat(head) + line.substring(head, line.length - tail) + "␠".repeat(tail)
    }
}
