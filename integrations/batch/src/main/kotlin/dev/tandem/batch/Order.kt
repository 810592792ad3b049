package dev.tandem.batch

/** Puts what comes in any order back into that of the input. Holds all that has come behind the first one that is missing. */
internal class Order<E : Any>(private val indexOf: (E) -> Long) {
    private var ring = arrayOfNulls<Any>(FIRST_SIZE)
    private var next = 0L

    fun add(each: E) {
        val index = indexOf(each)
        while (index - next >= ring.size) grow()
        ring[slot(index)] = each
    }

    /** The next in order, if it has come. */
    fun poll(): E? = taken(slot(next))?.also { next++ }

    /** What is left, in order, whatever is missing in between. */
    fun rest(): List<E> = (next until next + ring.size).mapNotNull { taken(slot(it)) }

    private fun grow() {
        val before = ring
        ring = arrayOfNulls(before.size * 2)
        for (index in next until next + before.size) ring[slot(index)] = before[(index % before.size).toInt()]
    }

    private fun slot(index: Long) = (index % ring.size).toInt()

    @Suppress("UNCHECKED_CAST")
    private fun taken(slot: Int): E? = ring[slot]?.also { ring[slot] = null } as E?

    private companion object {
        const val FIRST_SIZE = 64
    }
}
