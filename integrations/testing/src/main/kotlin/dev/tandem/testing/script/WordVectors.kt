package dev.tandem.testing.script

import java.util.Locale

private const val DIMENSIONS = 256
private val WORD = Regex("""[\p{L}\p{N}]+""")

/** One direction for each word: texts with words in common are near, others mostly at right angles. The same in every process. */
internal fun wordVector(text: String): FloatArray {
    val vector = FloatArray(DIMENSIONS)
    for (word in WORD.findAll(text.lowercase(Locale.ROOT))) vector[word.value.hashCode().mod(DIMENSIONS)] += 1f
    return vector
}
