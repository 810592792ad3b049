package dev.tandem.workflow.format.syntax

/** What any file can hold. */
internal object Texts {
    /** Whether each half of a pair of surrogates has its other half: UTF-8 has no word for a lone one. */
    fun isWhole(text: String): Boolean {
        var at = 0
        while (at < text.length) {
            val char = text[at++]
            if (!char.isSurrogate()) continue
            if (!char.isHighSurrogate() || at == text.length || !text[at].isLowSurrogate()) return false
            at++
        }
        return true
    }

    /** [text], where it is whole. */
    fun checked(text: String, line: Int): String {
        if (!isWhole(
                text,
            )
        ) {
            throw SyntaxException(line, "'${Said.excerpt(text.filterNot { it.isSurrogate() })}' holds half a character of two")
        }
        return text
    }
}
