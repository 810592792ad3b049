package dev.tandem.batch

/** Puts what comes in any order back into that of the input. Has room for [size] of them from the first one that is missing. */
internal class Order<E : Any>(private val size: Int, private val indexOf: (E) -> Long) {
    private val ring = arrayOfNulls<Any>(size)
    private var next = 0L

    fun add(each: E) {
        ring[slot(indexOf(each))] = each
    }

    /** The next in order, if it has come. */
    fun poll(): E? = taken(slot(next))?.also { next++ }

    /** What is left, in order, whatever is missing in between. */
    fun rest(): List<E> = (next until next + size).mapNotNull { taken(slot(it)) }

    private fun slot(index: Long) = (index % size).toInt()

    @Suppress("UNCHECKED_CAST")
    private fun taken(slot: Int): E? = ring[slot]?.also { ring[slot] = null } as E?
}
