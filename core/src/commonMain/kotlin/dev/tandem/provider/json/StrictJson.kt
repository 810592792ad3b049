package dev.tandem.provider.json

/**
 * Says what is wrong with a text that should be JSON. The decoder skips what it does not know without a look, takes the last
 * of two values for one name, and so would take a mangled answer for a good one.
 */
internal class StrictJson private constructor(private val text: String) {
    private val length = text.length
    private var at = 0

    /** Where names begin and end, of each object that is open: those of the innermost come last. */
    private var places = IntArray(SOME)
    private var placed = 0

    private fun check() {
        value(depth = 0)
        space()
        if (at < length) wrong("something follows the end")
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
        val outer = placed
        var many: MutableSet<String>? = null
        list('}') {
            space()
            if (peek() != '"') wrong("a name was expected")
            val from = at
            string()
            if (placed - outer == MANY) many = many ?: (outer until placed step 2).mapTo(hashSetOf()) { name(places[it], places[it + 1]) }
            if (!(many?.add(name(from, at)) ?: place(outer, from))) wrong("the name ${name(from, at)} comes twice")
            space()
            expect(':')
            value(depth + 1)
        }
        placed = outer
    }

    private fun name(from: Int, to: Int) = text.substring(from, to)

    /** False when the name that began at [from] is one of the object whose names begin at [outer] in [places]. */
    private fun place(outer: Int, from: Int): Boolean {
        for (i in outer until placed step 2) {
            if (places[i + 1] - places[i] == at - from && text.regionMatches(places[i], text, from, at - from)) return false
        }
        if (placed == places.size) places = places.copyOf(placed * 2)
        places[placed++] = from
        places[placed++] = at
        return true
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
        var next = at + 1
        while (next < length) {
            when (text[next++]) {
                '"' -> {
                    at = next
                    return
                }

                '\\' -> {
                    next++
                }
            }
        }
        at = next
        wrong("a string has no end")
    }

    private fun word(word: String) {
        if (!text.startsWith(word, at)) wrong("a value was expected")
        at += word.length
    }

    private fun number() {
        val from = at
        while (at < length && isOfNumber(text[at])) at++
        if (from == at || text[at - 1] !in '0'..'9') wrong("a value was expected")
    }

    private fun isOfNumber(char: Char): Boolean = when (char) {
        in '0'..'9', '+', '-', '.', 'e', 'E' -> true
        else -> false
    }

    private fun expect(char: Char) {
        if (peek() != char) wrong("$char was expected")
        at++
    }

    private fun space() {
        while (at < length && isSpace(text[at])) at++
    }

    private fun isSpace(char: Char): Boolean = char <= ' ' && (char == ' ' || char == '\n' || char == '\r' || char == '\t')

    private fun peek(): Char = if (at < length) text[at] else '\u0000'

    private fun wrong(what: String): Nothing = throw Wrong("$what at $at")

    private class Wrong(override val message: String) : RuntimeException()

    companion object {
        private const val MAX_DEPTH = 256
        private const val SOME = 32
        private const val MANY = 128

        /** Null when nothing is wrong. */
        fun problemOf(text: String): String? = try {
            StrictJson(text).check()
            null
        } catch (e: Wrong) {
            e.message
        }
    }
}
