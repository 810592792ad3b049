package dev.tandem.model

import kotlin.math.sqrt

/**
 * A text as a point in space. The array is this object's own: do not write to it.
 *
 * @property vector as the model gave it.
 */
public class Embedding(public val vector: FloatArray) {
    /** How many numbers the vector has. */
    public val dimensions: Int get() = vector.size

    /**
     * How far both point in the same direction, from -1 to 1; 0 where one of them has no direction, being all zeros. Throws
     * [IllegalArgumentException] for vectors of two lengths, which come from two models, and so do [dot] and [euclidean].
     * To compare one with many, make [normalized] ones once: their [dot] is the same number in less time.
     */
    public fun cosine(other: Embedding): Double {
        val a = vector
        val b = beside(other)
        var ab = 0f
        var aa = 0f
        var bb = 0f
        var ab2 = 0f
        var aa2 = 0f
        var bb2 = 0f
        var ab3 = 0f
        var aa3 = 0f
        var bb3 = 0f
        // Several sums at once, since each addition waits for the one before it; and no range with a step, which is no plain loop to the JIT.
        var i = 0
        while (i < a.size - 2) {
            val x = a[i]
            val y = b[i]
            ab += x * y
            aa += x * x
            bb += y * y
            val x2 = a[i + 1]
            val y2 = b[i + 1]
            ab2 += x2 * y2
            aa2 += x2 * x2
            bb2 += y2 * y2
            val x3 = a[i + 2]
            val y3 = b[i + 2]
            ab3 += x3 * y3
            aa3 += x3 * x3
            bb3 += y3 * y3
            i += 3
        }
        while (i < a.size) {
            ab += a[i] * b[i]
            aa += a[i] * a[i]
            bb += b[i] * b[i]
            i++
        }
        val squaredA = (aa + aa2 + aa3).toDouble()
        val squaredB = (bb + bb2 + bb3).toDouble()
        // Beyond these a product may have been too large or too small for a float.
        val isSafe = squaredA in 1e-20..1e36 && squaredB in 1e-20..1e36
        return (if (isSafe) (ab + ab2 + ab3) / sqrt(squaredA * squaredB) else slowCosine(a, b)).coerceIn(-1.0, 1.0)
    }

    /** The sum of the products. */
    public fun dot(other: Embedding): Double {
        val a = vector
        val b = beside(other)
        var p = 0.0
        var q = 0.0
        var r = 0.0
        var s = 0.0
        var i = 0
        while (i < a.size - 3) {
            p += a[i] * b[i]
            q += a[i + 1] * b[i + 1]
            r += a[i + 2] * b[i + 2]
            s += a[i + 3] * b[i + 3]
            i += 4
        }
        while (i < a.size) {
            p += a[i] * b[i]
            i++
        }
        val sum = p + q + r + s
        return if (sum.isFinite()) sum else slowDot(a, b)
    }

    /** The distance of the two points. */
    public fun euclidean(other: Embedding): Double {
        val a = vector
        val b = beside(other)
        var even = 0.0
        var odd = 0.0
        var i = 0
        while (i < a.size - 1) {
            val x = a[i].toDouble() - b[i]
            val y = a[i + 1].toDouble() - b[i + 1]
            even += x * x
            odd += y * y
            i += 2
        }
        if (i < a.size) (a[i].toDouble() - b[i]).let { even += it * it }
        return sqrt(even + odd)
    }

    /** The same direction at length one. All zeros stay so. */
    public fun normalized(): Embedding {
        val length = sqrt(slowDot(vector, vector))
        return if (length == 0.0) this else Embedding(FloatArray(vector.size) { (vector[it] / length).toFloat() })
    }

    override fun equals(other: Any?): Boolean = other is Embedding && vector.contentEquals(other.vector)

    override fun hashCode(): Int = vector.contentHashCode()

    override fun toString(): String = "Embedding($dimensions dimensions)"

    private fun beside(other: Embedding): FloatArray {
        require(dimensions == other.dimensions) {
            "vectors of $dimensions and of ${other.dimensions} dimensions do not compare: embed both with the same model"
        }
        return other.vector
    }

    private fun slowCosine(a: FloatArray, b: FloatArray): Double {
        val lengths = sqrt(slowDot(a, a)) * sqrt(slowDot(b, b))
        return if (lengths == 0.0) 0.0 else slowDot(a, b) / lengths
    }

    private fun slowDot(a: FloatArray, b: FloatArray): Double {
        var sum = 0.0
        for (i in a.indices) sum += a[i].toDouble() * b[i]
        return sum
    }
}
