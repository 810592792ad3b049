package dev.tandem.batch.file

import java.util.BitSet

/** Where the record of each item is, and what its line looked like: some 16 bytes for each. Not for several threads at once. */
internal class Places {
    private var places = LongArray(FIRST_SIZE)
    private var lines = LongArray(FIRST_SIZE)
    private val named = BitSet()
    private val ofOpenAi = BitSet()
    private var size = 0

    fun put(index: Long, place: Long, line: InputLine) {
        val at = Math.toIntExact(index)
        if (at >= places.size) {
            val larger = maxOf(at + 1, places.size + places.size / 2)
            places = places.copyOf(larger)
            lines = lines.copyOf(larger)
        }
        places[at] = place
        lines[at] = line.number
        named[at] = line.id != null
        ofOpenAi[at] = line.isOpenAi
        size = maxOf(size, at + 1)
    }

    /** In the order of the input; items without a record are left out. */
    fun forEach(each: (place: Long, line: Long, isNamed: Boolean, isOpenAi: Boolean) -> Unit) {
        for (at in 0 until size) if (places[at] != 0L) each(places[at], lines[at], named[at], ofOpenAi[at])
    }

    private companion object {
        const val FIRST_SIZE = 1024
    }
}
