package dev.tandem.provider.json

import kotlin.io.encoding.Base64

/**
 * Reads numbers straight from bytes, where there are a hundred thousand of them in one answer. Each is what `toFloat()` makes
 * of it, to the last bit, since that is asked wherever double arithmetic might round to a neighbour.
 */
internal class Floats(private val bytes: ByteArray, private val size: Int) {
    private var values = FloatArray(0)
    private var power = 0

    /** Where the reading ended, … */
    var end = 0
        private set

    /** The list that begins at [from] with a bracket, if it holds numbers and nothing else; null otherwise. */
    fun list(from: Int): FloatArray? {
        var count = 0
        var at = from
        do {
            at = space(at + 1)
            end = at
            val value = number(at)
            if (end == at) return null
            if (count == values.size) values = values.copyOf(maxOf(FEW, count * 2))
            values[count++] = value
            at = if (byteAt(end) == COMMA) end else space(end)
        } while (byteAt(at) == COMMA)
        end = at + 1
        return if (byteAt(at) == CLOSE) taken(count) else null
    }

    /** The string that begins at [from], behind its quote, if it is base64 of little-endian floats; null otherwise. */
    fun base64(from: Int): FloatArray? {
        var count = 0
        var at = from
        while (at + BLOCK_CHARS <= size) {
            val a = sextets(at)
            val b = sextets(at + 4)
            val c = sextets(at + 8)
            val d = sextets(at + 12)
            if (a or b or c or d < 0) break
            if (count + BLOCK_FLOATS > values.size) values = values.copyOf(maxOf(FEW, count * 2))
            values[count++] = float((a shl 8) or (b ushr 16))
            values[count++] = float((b shl 16) or (c ushr 8))
            values[count++] = float((c shl 24) or d)
            at += BLOCK_CHARS
        }
        return tail(at, count)
    }

    /** Less than a block, with the padding. */
    private fun tail(from: Int, before: Int): FloatArray? {
        end = from
        while (end < size && bytes[end] != QUOTE) if (end++ == from + BLOCK_CHARS) return null
        val rest = try {
            Base64.decode(bytes, from, end)
        } catch (_: IllegalArgumentException) {
            return null
        }
        end++
        if (end > size || rest.size % Float.SIZE_BYTES != 0) return null
        var count = before
        val all = count + rest.size / Float.SIZE_BYTES
        if (all > values.size) values = values.copyOf(all)
        for (at in rest.indices step Float.SIZE_BYTES) {
            var bits = 0
            repeat(Float.SIZE_BYTES) { bits = (bits shl Byte.SIZE_BITS) or (rest[at + it].toInt() and BYTE) }
            values[count++] = float(bits)
        }
        return taken(count)
    }

    /** The next vector will be as long. */
    private fun taken(count: Int): FloatArray {
        val taken = if (count == values.size) values else values.copyOf(count)
        values = FloatArray(count)
        return taken
    }

    /** Leaves [end] behind the number at [from], or where it was if there is none. */
    private fun number(from: Int): Float {
        val first = if (byteAt(from) == MINUS) from + 1 else from
        var at = first
        var mantissa = 0L
        while (at < size) {
            val digit = bytes[at] - ZERO
            if (digit < 0 || digit > 9) break
            mantissa = mantissa * 10 + digit
            at++
        }
        var point = at
        if (at == first) return 0f
        if (at < size && bytes[at] == POINT) {
            at++
            while (at < size) {
                val digit = bytes[at] - ZERO
                if (digit < 0 || digit > 9) break
                mantissa = mantissa * 10 + digit
                at++
            }
            if (at == ++point) return 0f
        }
        val isLong = at - first > SAFE_CHARS && lacksZeros(first, at) > SAFE_CHARS
        var exponent = point - at
        if (at < size && (bytes[at] == E || bytes[at] == LOWER_E)) {
            at = afterPower(at + 1)
            if (at < 0) return 0f
            exponent += power
        }
        end = at
        val value = if (isLong) Float.NaN else exactly(mantissa, exponent)
        return if (value.isNaN()) {
            bytes.decodeToString(from, at).toFloat()
        } else if (first > from) {
            -value
        } else {
            value
        }
    }

    /** How long the digits are without the zeros at their beginning. */
    private fun lacksZeros(from: Int, to: Int): Int {
        var at = from
        while (at < to && (bytes[at] == POINT || bytes[at].toInt() == ZERO)) at++
        return to - at
    }

    private fun afterPower(from: Int): Int {
        val first = if (byteAt(from) == MINUS || byteAt(from) == PLUS) from + 1 else from
        var at = first
        power = 0
        while (true) {
            val digit = byteAt(at) - ZERO
            if (digit < 0 || digit > 9) break
            power = minOf(power * 10 + digit, FAR)
            at++
        }
        if (byteAt(from) == MINUS) power = -power
        return if (at == first) -1 else at
    }

    /**
     * The float nearest to [mantissa] * 10^[exponent], or NaN where that is not certain. The double is off by two of its last
     * places at most: that matters only where it could be on the wrong side of the middle between two floats.
     */
    private fun exactly(mantissa: Long, exponent: Int): Float {
        if (exponent !in -MOST_POWER..MOST_POWER) return Float.NaN
        val value = if (exponent < 0) mantissa.toDouble() / POWERS[-exponent] else mantissa.toDouble() * POWERS[exponent]
        val fromMiddle = (value.toRawBits() and BEYOND_FLOAT) - MIDDLE
        return if (fromMiddle in -DOUBT..DOUBT) Float.NaN else value.toFloat()
    }

    private fun sextets(at: Int) = (sextet(at) shl 18) or (sextet(at + 1) shl 12) or (sextet(at + 2) shl 6) or sextet(at + 3)

    private fun sextet(at: Int): Int = SEXTETS[bytes[at].toInt() and BYTE]

    /** From bytes in the order of the wire. */
    private fun float(bits: Int): Float =
        Float.fromBits((bits ushr 24) or (bits ushr 8 and 0xFF00) or (bits shl 8 and 0xFF0000) or (bits shl 24))

    private fun space(from: Int): Int {
        var at = from
        while (at < size && bytes[at] <= SPACE && bytes[at] in SPACES) at++
        return at
    }

    private fun byteAt(at: Int): Byte = if (at < size) bytes[at] else 0

    companion object {
        private const val FEW = 768
        private const val BLOCK_CHARS = 16
        private const val BLOCK_FLOATS = 3
        private const val BYTE = 0xFF
        private const val FAR = 100_000
        private const val MOST_POWER = 22

        /** So many digits fit into a Long. */
        private const val SAFE_CHARS = 18

        /** The bits that a double has and a float has not. */
        private const val BEYOND_FLOAT = (1L shl 29) - 1
        private const val MIDDLE = 1L shl 28
        private const val DOUBT = 4L

        /** The powers of ten that a double holds exactly. */
        private val POWERS = DoubleArray(MOST_POWER + 1).also { powers ->
            powers[0] = 1.0
            for (i in 1 until powers.size) powers[i] = powers[i - 1] * 10
        }

        /** What the characters of base64 stand for; negative for all others. */
        private val SEXTETS = IntArray(256) { -1 }.also { sextets ->
            (('A'..'Z') + ('a'..'z') + ('0'..'9') + '+' + '/').forEachIndexed { i, char -> sextets[char.code] = i }
        }
        private const val QUOTE = '"'.code.toByte()
        private const val COMMA = ','.code.toByte()
        private const val CLOSE = ']'.code.toByte()
        private const val SPACE = ' '.code.toByte()
        private val SPACES = " \n\r\t".encodeToByteArray()
        private const val MINUS = '-'.code.toByte()
        private const val PLUS = '+'.code.toByte()
        private const val POINT = '.'.code.toByte()
        private const val E = 'E'.code.toByte()
        private const val LOWER_E = 'e'.code.toByte()
        private const val ZERO = '0'.code
    }
}
