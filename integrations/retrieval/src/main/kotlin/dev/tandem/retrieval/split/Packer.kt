package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk
import java.util.TreeSet

/**
 * Cuts at the first of [levels] where it can, and only what is still too long at the next one; then puts as much as fits into each
 * piece. Parts of what was cut at one of the first [apart] levels keep to themselves. What is said again at the beginning of a piece
 * begins at the first of [overlapAt] that has a place near enough.
 */
internal class Packer(
    private val size: ChunkSize,
    levels: List<Cuts>,
    private val overlapAt: List<Cuts>,
    private val keepsIndent: Boolean,
    private val apart: Int = 0,
) {
    private val levels = levels + Cuts.CHARACTERS + Cuts.CODE_POINTS

    fun split(text: String, from: Int, to: Int, metadata: Map<String, String> = emptyMap()): List<Chunk> {
        val ends = ArrayList<Int>()
        val walls = TreeSet<Int>()
        collect(text, from, to, 0, ends, walls)
        val chunks = ArrayList<Chunk>()
        var body = from
        var before = from
        var next = 0
        while (next < ends.size) {
            val start = if (chunks.isEmpty() || body in walls) body else overlapStart(text, before, body, ends[next])
            val last = lastThatFits(ends, next) { end -> end <= (walls.higher(body) ?: to) && fits(text, start, end) }
            val end = ends[last]
            val first = trimmedStart(text, start, end)
            val until = trimmedEnd(text, first, end)
            // Blanks alone are no piece, not even with what is said again before them.
            if (!isBlank(text, body, end)) chunks += Chunk(text.substring(first, until), first, until, metadata)
            before = first
            body = end
            next = last + 1
        }
        return chunks
    }

    /** The ends of pieces that fit, each as large as its level makes it. */
    private fun collect(text: String, from: Int, to: Int, level: Int, ends: MutableList<Int>, walls: MutableSet<Int>) {
        if (level == levels.size || fits(text, from, to)) {
            ends += to
            return
        }
        var start = from
        for (end in levels[level].of(text, from, to) + to) {
            if (level < apart && !fits(text, start, end)) walls += listOf(start, end)
            collect(text, start, end, level + 1, ends, walls)
            start = end
        }
    }

    /** From where on what came before is said again, so that a piece up to [end] still fits. */
    private fun overlapStart(text: String, before: Int, body: Int, end: Int): Int {
        if (size.overlap == 0) return body
        for (cuts in overlapAt) {
            val places = cuts.of(text, before, body) + body
            val first = firstThatFits(places) { place -> measure(text, place, body) <= size.overlap && fits(text, place, end) }
            if (!isBlank(text, places[first], body)) return places[first]
        }
        return body
    }

    private fun isBlank(text: String, start: Int, end: Int) = (start until end).all { text[it].isWhitespace() }

    private fun fits(text: String, start: Int, end: Int) = measure(text, start, end) <= size.max

    private fun measure(text: String, start: Int, end: Int): Int {
        val first = trimmedStart(text, start, end)
        return size.of(text, first, trimmedEnd(text, first, end))
    }

    /** Whole blank lines go; what indents the first line with something in it stays where that says something. */
    private fun trimmedStart(text: String, start: Int, end: Int): Int {
        var at = start
        while (at < end && text[at].isWhitespace()) at++
        if (!keepsIndent) return at
        var line = at
        while (line > start && text[line - 1] != '\n' && text[line - 1] != '\r') line--
        return line
    }

    private fun trimmedEnd(text: String, start: Int, end: Int): Int {
        var at = end
        while (at > start && text[at - 1].isWhitespace()) at--
        return at
    }

    /** The last of [ends] from [next] on that [fits], by ever larger steps and then by halves; [next] at least. */
    private inline fun lastThatFits(ends: List<Int>, next: Int, fits: (Int) -> Boolean): Int {
        var good = next
        var step = 1
        while (good + step < ends.size && fits(ends[good + step])) {
            good += step
            step *= 2
        }
        while (step > 0) {
            if (good + step < ends.size && fits(ends[good + step])) good += step
            step /= 2
        }
        return good
    }

    /** The first of [places] that [fits], by halves; the last one at least. */
    private inline fun firstThatFits(places: List<Int>, fits: (Int) -> Boolean): Int {
        var low = 0
        var high = places.lastIndex
        while (low < high) {
            val middle = (low + high) / 2
            if (fits(places[middle])) high = middle else low = middle + 1
        }
        return low
    }
}
