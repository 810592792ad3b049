package dev.tandem.retrieval

import kotlin.math.sqrt

/**
 * Some rows of vectors in one array, which grows up to [ROWS]. A row that was written is never written again, so whoever knows of it may
 * read it: whatever a search looks at for each row lies side by side.
 */
internal class Segment<T : Any>(private val dimensions: Int, rows: Int) {
    /** Another array has what this one had: whoever sees it sees that too. */
    @Volatile private var vectors = FloatArray(rows * dimensions)
    private val items = arrayOfNulls<IndexItem<T>>(ROWS)

    /** Since which version an item is gone. To whom that matters, it is shown together with the version. */
    private val goneAt = LongArray(ROWS) { Long.MAX_VALUE }

    fun item(number: Int): IndexItem<T> = checkNotNull(items[number]) { "nobody is told of a row before it is there" }

    fun isThere(number: Int, version: Long): Boolean = goneAt[number] > version

    fun remove(number: Int, version: Long) {
        goneAt[number] = version
    }

    fun vector(number: Int): FloatArray = vectors.copyOfRange(number * dimensions, (number + 1) * dimensions)

    fun put(number: Int, item: IndexItem<T>, vector: FloatArray) {
        val all = vectors
        val rows = minOf(ROWS, maxOf(FIRST_ROWS, 2 * number))
        val wide = if ((number + 1) * dimensions <= all.size) all else all.copyOf(rows * dimensions)
        vector.copyInto(wide, number * dimensions)
        vectors = wide
        items[number] = item
    }

    /** Of doubles, since the product of two floats may be none. Never -0.0, which would be less than 0.0. */
    fun score(similarity: Similarity, query: DoubleArray, number: Int): Double =
        0.0 + if (similarity == Similarity.EUCLIDEAN) -distance(query, number) else dot(query, number)

    private fun dot(query: DoubleArray, number: Int): Double {
        val row = vectors
        val from = number * dimensions
        // Four sums at once, since each addition waits for the one before it; and no range with a step, which is no plain loop to the JIT.
        var p = 0.0
        var q = 0.0
        var r = 0.0
        var s = 0.0
        var i = 0
        while (i < dimensions - 3) {
            p += query[i] * row[from + i]
            q += query[i + 1] * row[from + i + 1]
            r += query[i + 2] * row[from + i + 2]
            s += query[i + 3] * row[from + i + 3]
            i += 4
        }
        while (i < dimensions) {
            p += query[i] * row[from + i]
            i++
        }
        return p + q + r + s
    }

    private fun distance(query: DoubleArray, number: Int): Double {
        val row = vectors
        val from = number * dimensions
        var even = 0.0
        var odd = 0.0
        var i = 0
        while (i < dimensions - 1) {
            val x = query[i] - row[from + i]
            val y = query[i + 1] - row[from + i + 1]
            even += x * x
            odd += y * y
            i += 2
        }
        if (i < dimensions) (query[i] - row[from + i]).let { even += it * it }
        return sqrt(even + odd)
    }

    companion object {
        const val ROWS = 256

        /** Of what is yet small: 256 of a large model are megabytes. */
        const val FIRST_ROWS = 8
    }
}

/** Where an item is. */
internal class Row<T : Any>(val segment: Segment<T>, val number: Int) {
    val item: IndexItem<T> get() = segment.item(number)
}

/** What an index holds at one time. It stays so, whatever is added and removed later. */
internal class Snapshot<T : Any>(val version: Long, val segments: List<Segment<T>>, val rows: Int, val items: Int, val dimensions: Int) {
    /** In the order they were added. */
    inline fun forEach(work: (segment: Segment<T>, number: Int, place: Int) -> Unit) {
        for (place in 0 until rows) {
            val segment = segments[place / Segment.ROWS]
            val number = place % Segment.ROWS
            if (segment.isThere(number, version)) work(segment, number, place)
        }
    }
}
