package dev.tandem.provider.json

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.intOrNull

/**
 * JSON less its vectors, which are nearly all of it: in [rest] the list `[7]` stands for the eighth of them. What is left is
 * small, and can be checked and decoded as ever.
 */
internal class Vectors private constructor(val rest: String, private val vectors: List<FloatArray>) {
    /** What [json] of [rest] stands for; null if it was left as it came. */
    fun of(json: JsonElement): FloatArray? {
        val place = (json as? JsonArray)?.singleOrNull() as? JsonPrimitive
        return if (place == null || place.isString) null else place.intOrNull?.let(vectors::getOrNull)
    }

    private class Cutter(private val bytes: ByteArray, private val from: Int, private val to: Int) {
        private val floats = Floats(bytes, to)
        private val vectors = mutableListOf<FloatArray>()
        private var rest = ByteArray(SOME)
        private var size = 0

        /** Up to here it is in [rest], or in [vectors]. */
        private var done = from

        fun cut(): Vectors? {
            var at = from
            while (at < to) {
                at = when (bytes[at]) {
                    QUOTE -> afterString(at)
                    OPEN -> if (isNumber(at + 1)) replace(at, floats.list(at) ?: return null) else at + 1
                    else -> at + 1
                }
            }
            keep(bytes, done, to)
            return Vectors(rest.decodeToString(0, size), vectors)
        }

        private fun afterString(quote: Int): Int {
            if (isVector(quote)) floats.base64(quote + 1)?.let { if (it.isNotEmpty()) return replace(quote, it) }
            var at = quote + 1
            while (at < to && bytes[at] != QUOTE) at += if (bytes[at] == BACKSLASH) 2 else 1
            return at + 1
        }

        /** A list that begins like one of numbers; one that then is none cannot be told from a place in [vectors]. */
        private fun isNumber(from: Int): Boolean {
            var at = from
            while (at < to && bytes[at] <= SPACE && bytes[at] > 0) at++
            return at < to && bytes[at] in NUMBER
        }

        /** The string at [quote] is the value of the name that vectors have. */
        private fun isVector(quote: Int): Boolean {
            val colon = lastBefore(quote)
            if (colon < from || bytes[colon] != COLON) return false
            val end = lastBefore(colon)
            return end - NAME.size >= from && NAME.indices.all { bytes[end - NAME.size + 1 + it] == NAME[it] }
        }

        private fun lastBefore(place: Int): Int {
            var at = place - 1
            while (at >= from && bytes[at] == SPACE) at--
            return at
        }

        private fun replace(place: Int, vector: FloatArray): Int {
            keep(bytes, done, place)
            val stead = "[${vectors.size}]".encodeToByteArray()
            keep(stead, 0, stead.size)
            vectors += vector
            done = floats.end
            return done
        }

        private fun keep(bytes: ByteArray, from: Int, to: Int) {
            if (size + to - from > rest.size) rest = rest.copyOf(maxOf(rest.size * 2, size + to - from))
            bytes.copyInto(rest, size, from, to)
            size += to - from
        }
    }

    companion object {
        private const val SOME = 8 * 1024
        private const val QUOTE = '"'.code.toByte()
        private const val BACKSLASH = '\\'.code.toByte()
        private const val COLON = ':'.code.toByte()
        private const val OPEN = '['.code.toByte()
        private const val SPACE = ' '.code.toByte()
        private val NUMBER = "0123456789+-.".encodeToByteArray()
        private val NAME = "\"embedding\"".encodeToByteArray()

        val NONE = Vectors("", emptyList())

        /** Null where there are lists that only look like vectors. */
        fun cut(bytes: ByteArray, from: Int, to: Int): Vectors? = Vectors.Cutter(bytes, from, to).cut()
    }
}
