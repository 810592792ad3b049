package dev.tandem.transport

/** Text without any framing: every piece is a frame, as soon as its last character is whole. */
internal class TextParser : FrameParser {
    private var waiting = ByteArray(0)

    override fun feed(bytes: ByteArray, from: Int, to: Int) {
        waiting += bytes.copyOfRange(from, to)
    }

    override fun next(): Frame? {
        val whole = waiting.size - unfinished()
        if (whole == 0) return null
        val text = waiting.decodeToString(0, whole)
        waiting = waiting.copyOfRange(whole, waiting.size)
        return Frame("", text, isTerminated = true)
    }

    override fun finish(): Frame? {
        if (waiting.isEmpty()) return null
        val text = waiting.decodeToString()
        waiting = ByteArray(0)
        return Frame("", text, isTerminated = false)
    }

    /** How many bytes at the end are the beginning of a character. */
    private fun unfinished(): Int {
        for (back in 1..minOf(MAX_CHARACTER_BYTES - 1, waiting.size)) {
            val byte = waiting[waiting.size - back].toInt() and BYTE
            if (byte and CONTINUATION_MASK == CONTINUATION) continue
            return if (lengthOf(byte) > back) back else 0
        }
        return 0
    }

    private fun lengthOf(lead: Int): Int = when {
        lead >= LEAD_OF_FOUR -> 4
        lead >= LEAD_OF_THREE -> 3
        lead >= LEAD_OF_TWO -> 2
        else -> 1
    }

    private companion object {
        const val MAX_CHARACTER_BYTES = 4
        const val BYTE = 0xFF
        const val CONTINUATION_MASK = 0xC0
        const val CONTINUATION = 0x80
        const val LEAD_OF_TWO = 0xC0
        const val LEAD_OF_THREE = 0xE0
        const val LEAD_OF_FOUR = 0xF0
    }
}
