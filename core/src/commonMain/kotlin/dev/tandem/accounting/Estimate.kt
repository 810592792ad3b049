@file:JvmName("-Estimate")

package dev.tandem.accounting

import kotlin.jvm.JvmName

/**
 * About how many tokens the models of today make of [text], read once from left to right. It knows no words, but how texts are
 * cut: a short Latin word is a token, three digits are one, so are a few signs in a row; blanks go with the word that follows,
 * and a line end goes with a sign before it. Words of languages with accents are known less well, and count more. What these tokens
 * weigh was fitted to o200k_base; older tables need up to three times as many for scripts other than Latin.
 */
internal fun estimateOf(text: String): Int = Estimate(text).tokens()

private class Estimate(private val text: String) {
    private var at = 0
    private var before = Kind.BLANK

    /** For so many more words, what accents have been seen lately: as in French, and as in Polish. */
    private var nearAccents = 0
    private var farAccents = 0

    /** In hundredths of a token. */
    fun tokens(): Int {
        var sum = 0L
        while (at < text.length) {
            val kind = kindOf(text[at])
            sum += when (kind) {
                Kind.LATIN -> word() + if (before == Kind.DIGIT) MIXED else 0
                Kind.DIGIT -> run(kind).let { (it + 2) / 3 * WHOLE } + if (before == Kind.LATIN) MIXED else 0
                Kind.SIGN -> signs()
                Kind.BLANK -> blanks()
                Kind.WIDE -> weightOf(text[at++])
            }
            before = kind
        }
        return ((sum + WHOLE - 1) / WHOLE).toInt()
    }

    /** A word that is written in one, with a part for each hump: `camelCase` has two. */
    private fun word(): Int {
        var sum = 0
        var part = 0
        var capitals = 0
        while (at < text.length && kindOf(text[at]) == Kind.LATIN) {
            val char = text[at++]
            val isCapital = char in 'A'..'Z'
            if (char >= FAR) {
                farAccents = LATELY
            } else if (char >= ACCENTED) {
                nearAccents = LATELY
            }
            if (isCapital && part > 0 && capitals == 0) {
                sum += part(part)
                part = 0
            }
            if (!isCapital && capitals >= 2) sum += HALF
            capitals = if (isCapital) capitals + 1 else 0
            part++
        }
        sum += part(part)
        if (nearAccents > 0) nearAccents--
        if (farAccents > 0) farAccents--
        return sum
    }

    /** The first letters are one token, then so many more are one. */
    private fun part(letters: Int): Int = when {
        farAccents > 0 -> part(letters, 3, 2)
        nearAccents > 0 -> part(letters, 5, 3)
        else -> part(letters, 6, 4)
    }

    private fun part(letters: Int, first: Int, more: Int) = WHOLE + (letters - first).coerceAtLeast(0) * WHOLE / more

    /** A single one between letters may go with the word after it. */
    private fun signs(): Int {
        val count = run(Kind.SIGN)
        val isAttached = count == 1 && before != Kind.BLANK && at < text.length && kindOf(text[at]) == Kind.LATIN
        return if (isAttached) HALF else (count + 2) / 3 * WHOLE
    }

    /** Line ends, then the indentation. */
    private fun blanks(): Int {
        val start = at
        var tail = 0
        var hasLineEnd = false
        while (at < text.length && kindOf(text[at]) == Kind.BLANK) {
            val isLineEnd = text[at++] == '\n'
            hasLineEnd = hasLineEnd || isLineEnd
            tail = if (isLineEnd) 0 else tail + 1
        }
        val ends = when {
            !hasLineEnd -> 0
            before != Kind.SIGN -> WHOLE
            at - start > tail + 1 -> HALF
            else -> 0
        }
        val isBeforeDigit = at < text.length && kindOf(text[at]) == Kind.DIGIT
        return ends + if (tail > 1 || (tail == 1 && !hasLineEnd && isBeforeDigit)) WHOLE else 0
    }

    private fun run(kind: Kind): Int {
        val start = at
        while (at < text.length && kindOf(text[at]) == kind) at++
        return at - start
    }

    private fun kindOf(char: Char): Kind = when {
        char in 'a'..'z' || char in 'A'..'Z' -> Kind.LATIN
        char in '0'..'9' -> Kind.DIGIT
        char.isWhitespace() -> Kind.BLANK
        char < ACCENTED -> Kind.SIGN
        char < GREEK && char.isLetter() -> Kind.LATIN
        else -> Kind.WIDE
    }

    private enum class Kind { LATIN, DIGIT, SIGN, BLANK, WIDE }

    private companion object {
        const val WHOLE = 100
        const val HALF = 50

        /** A digit beside a letter is seldom a word, but a piece of a key or of base64. */
        const val MIXED = 80

        /** How many words an accent tells of. */
        const val LATELY = 12
        const val ACCENTED = '\u0080'
        const val FAR = '\u0100'
        const val GREEK = '\u0250'

        /** Up to which character, and what one of them is. */
        val SCRIPTS = listOf(
            '\u0400' to 50, // Greek
            '\u0530' to 40, // Cyrillic
            '\u0E00' to 45, // Hebrew, Arabic, Indian
            '\u1100' to 70, // Thai, Georgian
            '\u3040' to 100, // signs
            '\u3100' to 95, // Kana
            '\uAC00' to 100, // Han
            '\uD7B0' to 90, // Hangul
            '\uE000' to 120, // halves of emoji
            '\uFFFF' to 100,
        )
        val UNTIL = CharArray(SCRIPTS.size) { SCRIPTS[it].first }
        val WEIGHTS = IntArray(SCRIPTS.size) { SCRIPTS[it].second }

        fun weightOf(char: Char): Int {
            var i = 0
            while (i < UNTIL.size - 1 && char >= UNTIL[i]) i++
            return WEIGHTS[i]
        }
    }
}
