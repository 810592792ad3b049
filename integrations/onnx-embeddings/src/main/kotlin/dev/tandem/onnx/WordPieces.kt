package dev.tandem.onnx

import dev.tandem.accounting.TokenCounter
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.text.Normalizer

/**
 * Cuts texts as BERT's models do that know no capitals: into words without accents, and each word into the longest pieces that are in
 * the vocabulary. A word that cannot be put together of them, or is longer than a hundred code points, is one unknown piece.
 * What looks like one of the model's own signs, as `[SEP]`, is text like any other.
 */
internal class WordPieces(private val vocabulary: Map<String, Int>) : TokenCounter {
    override fun count(text: String, model: String?): Int = idsOf(text).size

    /** Without those that stand at the beginning and at the end of each text. */
    fun idsOf(text: String): IntArray {
        val ids = Ids()
        words(plain(text)) { piecesOf(it, ids) }
        return ids.all()
    }

    private inline fun words(plain: String, work: (String) -> Unit) {
        val word = StringBuilder()
        var at = 0
        while (at <= plain.length) {
            val char = if (at < plain.length) plain.codePointAt(at) else ' '.code
            val isAlone = isPunctuation(char)
            if (isAlone || isBlank(char)) {
                if (word.isNotEmpty()) work(word.toString())
                word.setLength(0)
                if (isAlone) work(Character.toString(char))
            } else {
                word.appendCodePoint(char)
            }
            at += Character.charCount(char)
        }
    }

    /** Without control characters, accents and capitals, and with blanks around each Chinese character. */
    private fun plain(text: String): String {
        val clean = StringBuilder(text.length)
        text.codePoints().forEach { char ->
            when {
                char == 0 || char == REPLACEMENT || isControl(char) -> Unit
                isBlank(char) -> clean.append(' ')
                isChinese(char) -> clean.append(' ').appendCodePoint(char).append(' ')
                else -> clean.appendCodePoint(char)
            }
        }
        val bare = StringBuilder(clean.length)
        Normalizer.normalize(clean, Normalizer.Form.NFD).codePoints().forEach { char ->
            if (Character.getType(char) != Character.NON_SPACING_MARK.toInt()) lower(char, bare)
        }
        return bare.toString()
    }

    /** One by one, so that no letter depends on its neighbours. */
    private fun lower(char: Int, into: StringBuilder) {
        if (char == DOTTED_I) into.append("i\u0307") else into.appendCodePoint(Character.toLowerCase(char))
    }

    private fun piecesOf(word: String, ids: Ids) {
        val before = ids.size
        if (word.codePointCount(0, word.length) > LONGEST_WORD) return ids.add(vocabulary.getValue(UNKNOWN))
        var start = 0
        while (start < word.length) {
            var end = word.length
            var id: Int? = null
            while (end > start) {
                id = vocabulary[if (start == 0) word.substring(0, end) else "##" + word.substring(start, end)]
                if (id != null) break
                end = word.offsetByCodePoints(end, -1)
            }
            if (id == null) {
                ids.size = before
                return ids.add(vocabulary.getValue(UNKNOWN))
            }
            ids.add(id)
            start = end
        }
    }

    private fun isBlank(char: Int) = char == '\t'.code || char == '\n'.code || char == '\r'.code || Character.isSpaceChar(char) ||
        char in OTHER_BLANKS

    private fun isControl(char: Int): Boolean = !isBlank(char) && when (Character.getType(char).toByte()) {
        Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true
        else -> false
    }

    private fun isPunctuation(char: Int) = char in 33..47 || char in 58..64 || char in 91..96 || char in 123..126 ||
        when (Character.getType(char).toByte()) {
            Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
            Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION,
            -> true

            else -> false
        }

    private fun isChinese(char: Int) = CHINESE.any { char in it }

    private class Ids {
        private var ids = IntArray(64)
        var size = 0

        fun add(id: Int) {
            if (size == ids.size) ids = ids.copyOf(size * 2)
            ids[size++] = id
        }

        fun all(): IntArray = ids.copyOf(size)
    }

    companion object {
        private const val UNKNOWN = "[UNK]"
        private const val LONGEST_WORD = 100
        private const val REPLACEMENT = 0xFFFD
        private const val DOTTED_I = 0x130
        private val OTHER_BLANKS = setOf(0x0B, 0x0C, 0x85)
        private val CHINESE = listOf(
            0x4E00..0x9FFF,
            0x3400..0x4DBF,
            0x20000..0x2A6DF,
            0x2A700..0x2B73F,
            0x2B740..0x2B81F,
            0x2B820..0x2CEAF,
            0xF900..0xFAFF,
            0x2F800..0x2FA1F,
        )

        /** From the JSON that tokenizers are published as. */
        fun of(json: String): WordPieces {
            val vocabulary = Json
                .parseToJsonElement(json)
                .jsonObject
                .getValue("model")
                .jsonObject
                .getValue("vocab")
                .jsonObject
            return WordPieces(vocabulary.mapValuesTo(HashMap(vocabulary.size * 2)) { it.value.jsonPrimitive.int })
        }
    }
}
