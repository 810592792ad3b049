package dev.tandem.batch.journal

/**
 * Where the latest record of each key is, in 8 bytes a slot: 24 bits of the key's hash, whether this run has met it, and its place
 * in the file. The file itself tells keys apart whose bits are the same. Not for several threads at once.
 */
internal class Index(private val isKeyAt: (key: String, place: Long) -> Boolean) {
    private var slots = LongArray(FIRST_SIZE)
    private var taken = 0

    val size: Int get() = taken

    /** The place of [key]'s record, or null. */
    fun placeOf(key: String): Long? = slotOf(key)?.let { slots[it] and PLACE }

    /** Whether this run has met [key], which has a record. */
    fun isMet(key: String): Boolean = slotOf(key)?.let { slots[it] and MET != 0L } ?: false

    /** Marks [key], which has a record. */
    fun meet(key: String) {
        slotOf(key)?.let { slots[it] = slots[it] or MET }
    }

    /** [place] is where [key]'s latest record is. */
    fun put(key: String, place: Long, isMet: Boolean) {
        check(place in 1..PLACE) { "a journal has no place $place" }
        val entry = (hashOf(key) shl HASH_SHIFT) or (if (isMet) MET else 0) or place
        val known = slotOf(key)
        if (known != null) {
            slots[known] = entry
            return
        }
        if (taken >= slots.size / LOAD_PARTS * LOAD_FULL) grow()
        insert(entry)
        taken++
    }

    private fun slotOf(key: String): Int? {
        val hash = hashOf(key)
        var slot = firstOf(hash)
        while (slots[slot] != 0L) {
            val entry = slots[slot]
            if (entry ushr HASH_SHIFT == hash && isKeyAt(key, entry and PLACE)) return slot
            slot = next(slot)
        }
        return null
    }

    private fun insert(entry: Long) {
        var slot = firstOf(entry ushr HASH_SHIFT)
        while (slots[slot] != 0L) slot = next(slot)
        slots[slot] = entry
    }

    private fun grow() {
        val before = slots
        slots = LongArray(before.size * 2)
        for (entry in before) if (entry != 0L) insert(entry)
    }

    private fun firstOf(hash: Long): Int = ((hash * slots.size) ushr HASH_BITS).toInt()

    private fun next(slot: Int) = if (slot + 1 == slots.size) 0 else slot + 1

    private fun hashOf(key: String): Long {
        var hash = SEED
        for (char in key) hash = (hash xor char.code.toLong()) * PRIME
        return (hash xor (hash ushr HASH_SHIFT)) * PRIME ushr HASH_SHIFT
    }

    private companion object {
        const val FIRST_SIZE = 1024
        const val LOAD_PARTS = 10
        const val LOAD_FULL = 7
        const val HASH_BITS = 24
        const val HASH_SHIFT = 64 - HASH_BITS
        const val MET = 1L shl (HASH_SHIFT - 1)
        const val PLACE = MET - 1

        /** FNV-1a of 64 bits. */
        const val SEED = -0x340d631b7bdddcdbL
        const val PRIME = 0x100000001b3L
    }
}
