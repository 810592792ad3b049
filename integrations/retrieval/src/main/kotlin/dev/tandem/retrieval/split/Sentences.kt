@file:JvmName("-Sentences")

package dev.tandem.retrieval.split

/**
 * Where sentences end between [from] and [to], by signs and not by grammar: behind `.`, `!`, `?` and their like with a blank after them,
 * behind those of Chinese and Japanese without one, and at an empty line. A dot after an abbreviation, an initial or a number of a list
 * is no end, nor is one before a small letter.
 */
internal fun sentenceEnds(text: String, from: Int, to: Int): List<Int> {
    val ends = ArrayList<Int>()
    var at = from
    while (at < to) {
        val char = text[at]
        val sign = at++
        if (char !in ENDS && char !in WIDE_ENDS && char != '\n') continue
        var end = at
        while (end < to && (text[end] in ENDS || text[end] in WIDE_ENDS || text[end] in CLOSERS)) end++
        var next = end
        while (next < to && text[next].isWhitespace()) next++
        // Nothing but blanks is left.
        if (next >= to) break
        val isEnd = when {
            char == '\n' -> text.substring(sign + 1, next).contains('\n')
            char in WIDE_ENDS -> true
            next == end -> false
            text[next].isLowerCase() -> false
            char == '.' && end == at -> !isAbbreviated(text, from, sign)
            else -> true
        }
        if (isEnd) ends += next
        // What was skipped may hold an empty line.
        at = if (isEnd) next else end
    }
    return ends
}

/** Whether the dot at [dot] belongs to the word before it. */
private fun isAbbreviated(text: String, from: Int, dot: Int): Boolean {
    var start = dot
    while (start > from && (text[start - 1].isLetterOrDigit() || text[start - 1] == '.')) start--
    val word = text.substring(start, dot)
    val isFirst = start == from || text[start - 1] == '\n'
    return when {
        word.isEmpty() -> false
        word.length == 1 && word[0].isUpperCase() -> true
        word.all { it.isDigit() } -> isFirst
        '.' in word && word.split('.').all { it.length <= 2 } -> word.any { it.isLetter() }
        else -> word.lowercase() in ABBREVIATIONS
    }
}

private const val ENDS = ".!?…؟۔।॥"
private const val WIDE_ENDS = "。！？｡．"
private const val CLOSERS = "\"'”’»›)]}」』）】》〉"

/** Those that stand before a capital or a number. */
private val ABBREVIATIONS = (
    "mr mrs ms dr prof st jr sr rev hon gen col capt lt sgt gov sen rep pres vs etc no nos vol fig figs sec ch pp ed eds al inc ltd co " +
        "corp approx dept est jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun " +
        "nr bzw usw vgl ca evtl ggf inkl str tel abs art bd hr fr hrsg " +
        "m mm mme mlle av env sra srta sr núm pág sig dott ing"
).split(' ').toSet()
