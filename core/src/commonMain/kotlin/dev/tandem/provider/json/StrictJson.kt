package dev.tandem.provider.json

/**
 * Says what is wrong with a text that should be JSON. The decoder skips what it does not know without a look, takes the last
 * of two values for one name, and so would take a mangled answer for a good one.
 */
internal class StrictJson private constructor(private val text: String) {
    private var at = 0

    private fun check() {
        value(depth = 0)
        space()
        if (at < text.length) wrong("something follows the end")
    }

    private fun value(depth: Int) {
        if (depth > MAX_DEPTH) wrong("nested deeper than $MAX_DEPTH")
        space()
        when (peek()) {
            '{' -> members(depth)
            '[' -> elements(depth)
            '"' -> string()
            't' -> word("true")
            'f' -> word("false")
            'n' -> word("null")
            else -> number()
        }
    }

    private fun members(depth: Int) {
        val names = Names()
        list('}') {
            space()
            if (peek() != '"') wrong("a name was expected")
            val from = at
            string()
            if (!names.add(from, at)) wrong("the name ${text.substring(from, at)} comes twice")
            space()
            expect(':')
            value(depth + 1)
        }
    }

    private fun elements(depth: Int) = list(']') { value(depth + 1) }

    private inline fun list(close: Char, item: () -> Unit) {
        at++
        space()
        if (peek() == close) {
            at++
            return
        }
        while (true) {
            item()
            space()
            if (peek() == close) break
            expect(',')
        }
        at++
    }

    private fun string() {
        at++
        while (true) {
            when (peek()) {
                '"' -> break
                '\\' -> at += 2
                '\u0000' -> if (at >= text.length) wrong("a string has no end") else at++
                else -> at++
            }
        }
        at++
    }

    private fun word(word: String) {
        if (!text.startsWith(word, at)) wrong("a value was expected")
        at += word.length
    }

    private fun number() {
        val from = at
        while (at < text.length && text[at] in NUMBER) at++
        if (from == at || text[at - 1] !in '0'..'9') wrong("a value was expected")
    }

    private fun expect(char: Char) {
        if (peek() != char) wrong("$char was expected")
        at++
    }

    private fun space() {
        while (at < text.length && text[at] in SPACE) at++
    }

    private fun peek(): Char = if (at < text.length) text[at] else '\u0000'

    private fun wrong(what: String): Nothing = throw Wrong("$what at $at")

    /** The names of one object, as places in the text; objects in answers are small. Of a large one they are [many]. */
    private inner class Names {
        private var places = IntArray(FEW)
        private var count = 0
        private var many: MutableSet<String>? = null

        fun add(from: Int, to: Int): Boolean {
            many?.let { return it.add(text.substring(from, to)) }
            for (i in 0 until count step 2) if (isSame(places[i], places[i + 1], from, to)) return false
            if (count == MANY) {
                many = (0 until count step 2).mapTo(hashSetOf()) { text.substring(places[it], places[it + 1]) }
                return add(from, to)
            }
            if (count == places.size) places = places.copyOf(count * 2)
            places[count++] = from
            places[count++] = to
            return true
        }

        private fun isSame(from: Int, to: Int, otherFrom: Int, otherTo: Int) =
            to - from == otherTo - otherFrom && text.regionMatches(from, text, otherFrom, to - from)
    }

    private class Wrong(override val message: String) : RuntimeException()

    companion object {
        private const val MAX_DEPTH = 256
        private const val FEW = 16
        private const val MANY = 128
        private const val NUMBER = "0123456789+-.eE"
        private const val SPACE = " \t\n\r"

        /** Null when nothing is wrong. */
        fun problemOf(text: String): String? = try {
            StrictJson(text).check()
            null
        } catch (e: Wrong) {
            e.message
        }
    }
}
