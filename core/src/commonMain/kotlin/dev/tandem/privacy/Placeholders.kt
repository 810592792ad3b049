package dev.tandem.privacy

import dev.tandem.platform.platform

/** What stands for what, in one call. [salt] is the client's own secret: by a placeholder nobody can try out values. */
internal class Placeholders(private val rules: List<MaskingRule>, private val salt: ByteArray) {
    private val originals = mutableMapOf<String, String>()
    private val names = mutableMapOf<String, String>()

    /** All that has been masked so far. */
    val values: Collection<String> get() = originals.values

    val isEmpty: Boolean get() = originals.isEmpty()

    fun mask(text: String): String {
        val places = rules
            .flatMap { rule -> rule.placesIn(text).map { it to rule } }
            .sortedWith(compareBy({ (range, _) -> range.first }, { (range, _) -> -range.last }))
        if (places.isEmpty()) return text
        return buildString {
            var at = 0
            var next = 0
            while (next < places.size) {
                val (range, rule) = places[next++]
                var end = range.last + 1
                // Of two that overlap, all is masked as the first.
                while (next < places.size && places[next].first.first < end) end = maxOf(end, places[next++].first.last + 1)
                append(text, at, range.first).append(placeholderFor(text.substring(range.first, end), rule))
                at = end
            }
            append(text, at, text.length)
        }
    }

    /** [text] with all that it stands for; [write] makes it fit to where it stands. */
    inline fun unmask(text: String, crossinline write: (String) -> String): String =
        if (isEmpty || '[' !in text) text else PLACEHOLDER.replace(text) { found -> originals[found.value]?.let(write) ?: found.value }

    private fun placeholderFor(value: String, rule: MaskingRule): String = names.getOrPut("${rule.name}:$value") {
        val digest = platform
            .sha256(salt + "${rule.name}:$value".encodeToByteArray())
            .joinToString("") {
                (it.toInt() and 0xFF).toString(16).padStart(2, '0')
            }.uppercase()
        // Two values may share a beginning.
        generateSequence(SHORT) { it + 2 }
            .map { "[${rule.name}_${digest.take(it)}]" }
            .first { originals[it] == null }
            .also { originals[it] = value }
    }

    companion object {
        private const val SHORT = 6
        val PLACEHOLDER = Regex("\\[[A-Z][A-Z0-9_]*_[0-9A-F]{6,64}]")

        /** What a placeholder may begin with, at the end of a text. */
        val BEGINNING = Regex("\\[(?:[A-Z][A-Z0-9_]{0,100})?$")
    }
}
