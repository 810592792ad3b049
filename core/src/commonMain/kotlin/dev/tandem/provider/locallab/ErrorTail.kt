package dev.tandem.provider.locallab

/**
 * Tells the server's last words from the model's: an error comes as a piece of its own that begins with `\nError:`, with
 * nothing behind it. Where pieces begin cannot be seen any more, so it is the last paragraph, if it is not too long, that
 * begins with these. What may yet become one is held back.
 */
internal class ErrorTail(private val onText: (String) -> Unit) {
    private val held = StringBuilder()

    fun add(piece: String) {
        held.append(piece)
        while (true) {
            val at = held.indexOf(MARK)
            if (at < 0) {
                release(held.length - beginningOfMark())
                return
            }
            release(at)
            val next = NEXT_PARAGRAPH.find(held, MARK.length)?.range?.first ?: if (held.length > MAX_CHARS) MARK.length else return
            release(next)
        }
    }

    /** At the end: the error, or null if there is none; then all text has been handed out. */
    fun error(): String? {
        if (held.startsWith(MARK)) return held.toString()
        release(held.length)
        return null
    }

    private fun beginningOfMark(): Int = (minOf(MARK.length - 1, held.length) downTo 1).firstOrNull { held.endsWith(MARK.take(it)) } ?: 0

    private fun release(count: Int) {
        if (count > 0) onText(held.substring(0, count))
        held.deleteRange(0, count)
    }

    private companion object {
        const val MARK = "\nError:"
        const val MAX_CHARS = 4000
        val NEXT_PARAGRAPH = Regex("\\n[^\\S\\n]*\\n\\s*\\S")
    }
}
