package dev.tandem.transport

/**
 * Reads most events of a stream without parsing them: while a model speaks, each event equals the one before it in all its
 * bytes but one JSON string. What stands [before] and [after] that string is taken from events that were parsed; an event
 * that has the same bytes there says the same with another text, and any other is left to the parser.
 *
 * Which string it is gets proven, not guessed: two parsed events had the same bytes around it, different texts in it, and
 * each of these was what the event said. The bytes around it hold whatever else the event may mean, and that has been said
 * already, provided that the last parsed event fitted too.
 */
internal class TextTemplate(private val lines: Lines, maxBytes: Int) {
    private val maxBytes = minOf(maxBytes, MOST_BYTES)
    private var before = ByteArray(0)
    private var after = ByteArray(0)

    /** Comparing whole arrays is what machines do fast. */
    private var copyBefore = before
    private var copyAfter = after

    /** What the event said from which this template was taken, until another proves it. */
    private var firstText = ""
    private var isProven = false

    /** The last parsed event fitted. */
    private var isCurrent = false
    private var failures = 0

    /** What [compare] found: the text of the event, and where the event ends. */
    private var text = ""
    private var end = 0

    /** The next event may be one for this template, but is not whole yet. */
    var isUndecided = false
        private set

    /** The next event, which begins where [lines] are; null if it has to be parsed, or waited for. */
    fun next(): Frame? {
        lines.begin()
        val fit = if (isCurrent) compare(lines.buffer, lines.start, lines.end) else Fit.NO
        isCurrent = fit != Fit.NO
        isUndecided = fit == Fit.UNDECIDED
        if (fit != Fit.YES) return null
        lines.skipTo(end)
        return Frame.text(text)
    }

    /** The event that was parsed last, and ends where [lines] are, did nothing but say [text]; null if it did more. */
    fun learn(text: String?) {
        val from = lines.begun
        isCurrent = false
        if (text == null || from < 0 || lines.start - from > maxBytes || failures == MOST_FAILURES) return
        when {
            isProven && surrounds(lines.buffer, from, lines.start) -> {
                isCurrent = true
            }

            isProven || !isOf(text, from) -> {
                isProven = false
                propose(text, from)
            }

            text != firstText -> {
                isProven = true
                isCurrent = true
                failures = 0
            }
        }
    }

    private fun propose(text: String, from: Int) {
        failures++
        firstText = text
        val raw = text.encodeToByteArray()
        val at = placeOf(raw, from)
        before = lines.buffer.copyOfRange(from, at)
        after = lines.buffer.copyOfRange(minOf(at + raw.size, lines.start), lines.start)
        copyBefore = before.copyOf()
        copyAfter = after.copyOf()
    }

    /** Where [text] stands as it is, in quotes and behind a colon; the end of the event if it does not. */
    private fun placeOf(text: ByteArray, from: Int): Int {
        val bytes = lines.buffer
        for (at in from + SHORTEST until lines.start - text.size) {
            if (bytes[at - 1] != QUOTE || bytes[at + text.size] != QUOTE || text.indices.any { bytes[at + it] != text[it] }) continue
            if (bytes[at - 2] == COLON || (bytes[at - 2] == SPACE && bytes[at - 3] == COLON)) return at
        }
        return lines.start
    }

    private fun isOf(text: String, from: Int) =
        before.isNotEmpty() && compare(lines.buffer, from, lines.start) == Fit.YES && end == lines.start && text == this.text

    /** The same, with any string in the place. */
    private fun surrounds(bytes: ByteArray, from: Int, to: Int): Boolean {
        val textEnd = to - after.size
        var at = from + before.size
        if (textEnd < at || !isSame(bytes, from, before, copyBefore) || !isSame(bytes, textEnd, after, copyAfter)) return false
        while (at < textEnd && bytes[at] != QUOTE) at += if (bytes[at] == BACKSLASH) 2 else 1
        return at == textEnd
    }

    private fun compare(bytes: ByteArray, from: Int, to: Int): Fit {
        val textFrom = from + before.size
        if (textFrom >= to) return beginning(bytes, from, to, from, before)
        if (bytes[textFrom - 1] != QUOTE || !isSame(bytes, from, before, copyBefore)) return Fit.NO
        var textEnd = textFrom
        var all = 0
        while (textEnd < to && bytes[textEnd] != QUOTE) {
            val byte = bytes[textEnd++].toInt()
            if (byte == BACKSLASH.toInt() || byte in CONTROLS) return Fit.NO
            all = all or byte
        }
        end = textEnd + after.size
        if (end > to) return beginning(bytes, textEnd, to, from, after)
        if (end - from > maxBytes || !isSame(bytes, textEnd, after, copyAfter)) return Fit.NO
        text = bytes.decodeToString(textFrom, textEnd)
        // What broken UTF-8 becomes may depend on what follows it.
        return if (all < 0 && BROKEN in text) Fit.NO else Fit.YES
    }

    /** Nothing is against it that, from [at] on, [part] begins; of the event that begins at [from] more has to come. */
    private fun beginning(bytes: ByteArray, at: Int, to: Int, from: Int, part: ByteArray): Fit {
        if (to - from > maxBytes) return Fit.NO
        for (i in 0 until to - at) if (bytes[at + i] != part[i]) return Fit.NO
        return Fit.UNDECIDED
    }

    private fun isSame(bytes: ByteArray, from: Int, part: ByteArray, copy: ByteArray): Boolean {
        bytes.copyInto(copy, 0, from, from + part.size)
        return copy.contentEquals(part)
    }

    private enum class Fit { YES, NO, UNDECIDED }

    private companion object {
        /** Larger events are no deltas. */
        const val MOST_BYTES = 64 * 1024

        /** So many in a row of which no two are alike: here is nothing to learn. */
        const val MOST_FAILURES = 16

        /** A name of no characters, a colon and a quote come before any text: `"":"`. */
        const val SHORTEST = 4
        const val QUOTE = '"'.code.toByte()
        const val BACKSLASH = '\\'.code.toByte()
        const val COLON = ':'.code.toByte()
        const val SPACE = ' '.code.toByte()
        const val BROKEN = '\uFFFD'
        val CONTROLS = 0..0x1F
    }
}
