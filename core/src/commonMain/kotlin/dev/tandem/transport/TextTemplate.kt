package dev.tandem.transport

/**
 * Reads most events of a stream without parsing them: while a model speaks, each event equals the one before it in all its
 * bytes but one JSON string, and maybe a second one that nobody reads. What stands [before] and [after] these is taken from
 * events that were parsed; an event that has the same bytes there says the same with another text, and any other is left to
 * the parser.
 *
 * Which string it is gets proven, not guessed: two parsed events had the same bytes around it, different texts in it, and
 * each of these was what the event said. The bytes around it hold whatever else the event may mean, and that has been said
 * already, provided that the last parsed event fitted too.
 */
internal class TextTemplate(private val lines: Lines, maxBytes: Int) {
    private val maxBytes = minOf(maxBytes, MOST_BYTES)
    private var before = SameBytes.NONE

    /** Between the text and the string that nobody reads, which most events lack. */
    private var between: SameBytes? = null
    private var after = SameBytes.NONE

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
        isCurrent = fit == Fit.YES || fit == Fit.UNDECIDED
        isUndecided = fit == Fit.UNDECIDED
        if (fit != Fit.YES) return null
        lines.skipTo(end)
        return Frame.text(text)
    }

    /** The event that was parsed last, and ends where [lines] are; as [FrameParser.learn] says. */
    fun learn(text: String?, unread: String?) {
        val from = lines.begun
        isCurrent = false
        if (text == null || from < 0 || lines.start - from > maxBytes || failures == MOST_FAILURES) return
        val fit = if (after === SameBytes.NONE) Fit.NO else compare(lines.buffer, from, lines.start)
        val fits = end == lines.start && (fit == Fit.YES || (fit == Fit.ALIKE && isProven))
        when {
            fits && isProven -> {
                isCurrent = true
            }

            !fits || this.text != text -> {
                isProven = false
                propose(text, unread, from)
            }

            text != firstText -> {
                isProven = true
                isCurrent = true
                failures = 0
            }
        }
    }

    private fun propose(text: String, unread: String?, from: Int) {
        failures++
        firstText = text
        val bytes = lines.buffer
        val raw = text.encodeToByteArray()
        val at = placeOf(raw, from)
        after = SameBytes.NONE
        if (at < 0) return
        val textEnd = at + raw.size
        val skipped = unread?.let { UnreadString.of(it, bytes, from, textEnd, lines.start) }
        before = SameBytes(bytes, from, at)
        between = skipped?.let { SameBytes(bytes, textEnd, it.from) }
        after = SameBytes(bytes, skipped?.to ?: textEnd, lines.start)
    }

    /** Where [text] stands as it is, in quotes and behind a colon; -1 if it does not. */
    private fun placeOf(text: ByteArray, from: Int): Int {
        val bytes = lines.buffer
        for (at in from + SHORTEST until lines.start - text.size) {
            if (bytes[at - 1] != QUOTE || bytes[at + text.size] != QUOTE || text.indices.any { bytes[at + it] != text[it] }) continue
            if (bytes[at - 2] == COLON || (bytes[at - 2] == SPACE && bytes[at - 3] == COLON)) return at
        }
        return -1
    }

    private fun compare(bytes: ByteArray, from: Int, to: Int): Fit {
        val textFrom = from + before.size
        if (textFrom >= to) return beginning(bytes, from, to, from, before)
        if (bytes[textFrom - 1] != QUOTE || !before.isAt(bytes, from)) return Fit.NO
        val textEnd = JsonText.endOf(bytes, textFrom, to)
        if (textEnd < 0) return Fit.NO
        var at = textEnd
        between?.let {
            if (at + it.size > to) return beginning(bytes, at, to, from, it)
            if (!it.isAt(bytes, at)) return Fit.NO
            at = JsonText.endOfPlain(bytes, at + it.size, to)
            if (at < 0) return Fit.NO
        }
        end = at + after.size
        if (end > to) return beginning(bytes, at, to, from, after)
        if (end - from > maxBytes || !after.isAt(bytes, at)) return Fit.NO
        text = JsonText.of(bytes, textFrom, textEnd) ?: return Fit.ALIKE
        return Fit.YES
    }

    /** Nothing is against it that, from [at] on, [part] begins; of the event that begins at [from] more has to come. */
    private fun beginning(bytes: ByteArray, at: Int, to: Int, from: Int, part: SameBytes): Fit =
        if (to - from <= maxBytes && part.mayBeginAt(bytes, at, to)) Fit.UNDECIDED else Fit.NO

    /** [ALIKE] fits, but its text needs the parser. */
    private enum class Fit { YES, ALIKE, NO, UNDECIDED }

    private companion object {
        /** Larger events are no deltas. */
        const val MOST_BYTES = 64 * 1024

        /** So many in a row of which no two are alike: here is nothing to learn. */
        const val MOST_FAILURES = 16

        /** A name of no characters, a colon and a quote come before any text: `"":"`. */
        const val SHORTEST = 4
        const val QUOTE = '"'.code.toByte()
        const val COLON = ':'.code.toByte()
        const val SPACE = ' '.code.toByte()
    }
}
