package dev.tandem.retrieval

import kotlin.math.sqrt

/** Some rows of vectors in one array. A row that was written is never written again, so whoever knows of it may read it. */
internal class Segment<T : Any>(private val dimensions: Int) {
    private val vectors = FloatArray(ROWS * dimensions)
    private val rows = arrayOfNulls<Row<T>>(ROWS)

    fun row(number: Int): Row<T> = checkNotNull(rows[number]) { "nobody is told of a row before it is there" }

    fun vector(number: Int): FloatArray = vectors.copyOfRange(number * dimensions, (number + 1) * dimensions)

    fun put(number: Int, row: Row<T>, vector: FloatArray) {
        vector.copyInto(vectors, number * dimensions)
        rows[number] = row
    }

    fun dot(query: FloatArray, number: Int): Double {
        val from = number * dimensions
        // Four sums at once: one alone would have each addition wait for the one before it.
        var p = 0.0
        var q = 0.0
        var r = 0.0
        var s = 0.0
        val fours = dimensions / 4 * 4
        for (i in 0 until fours step 4) {
            p += query[i] * vectors[from + i]
            q += query[i + 1] * vectors[from + i + 1]
            r += query[i + 2] * vectors[from + i + 2]
            s += query[i + 3] * vectors[from + i + 3]
        }
        for (i in fours until dimensions) p += query[i] * vectors[from + i]
        return p + q + r + s
    }

    fun distance(query: FloatArray, number: Int): Double {
        val from = number * dimensions
        var even = 0.0
        var odd = 0.0
        for (i in 0 until dimensions - 1 step 2) {
            val x = query[i] - vectors[from + i]
            val y = query[i + 1] - vectors[from + i + 1]
            even += x * x
            odd += y * y
        }
        if (dimensions % 2 == 1) (query.last() - vectors[from + dimensions - 1]).let { even += it * it }
        return sqrt(even + odd)
    }

    companion object {
        const val ROWS = 256
    }
}

/** An item until it is removed or replaced, which [Snapshot]s from before that do not notice. */
internal class Row<T : Any>(val item: IndexItem<T>) {
    @Volatile var goneAt: Long = Long.MAX_VALUE
}

/** What an index holds at one time. It stays so, whatever is added and removed later. */
internal class Snapshot<T : Any>(val version: Long, val segments: List<Segment<T>>, val rows: Int, val items: Int) {
    /** In the order they were added. */
    inline fun forEach(work: (segment: Segment<T>, number: Int, row: Row<T>, place: Int) -> Unit) {
        for (place in 0 until rows) {
            val segment = segments[place / Segment.ROWS]
            val number = place % Segment.ROWS
            val row = segment.row(number)
            if (row.goneAt > version) work(segment, number, row, place)
        }
    }
}
