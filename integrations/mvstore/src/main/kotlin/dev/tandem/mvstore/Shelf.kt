package dev.tandem.mvstore

import org.h2.mvstore.MVMap
import org.h2.mvstore.MVStore
import org.h2.mvstore.type.LongDataType

/**
 * An open file and its books: the entries by key, and their places by age. Both are changed together and then committed, so a file
 * has both or neither. Not for many threads at once.
 */
internal class Shelf(private val store: MVStore, private val limits: Limits) {
    private val entries: MVMap<ByteArray, ByteArray> =
        store.openMap(ENTRIES, MVMap.Builder<ByteArray, ByteArray>().keyType(Bytes).valueType(Bytes))
    private val places: MVMap<Long, ByteArray> =
        store.openMap(PLACES, MVMap.Builder<Long, ByteArray>().keyType(LongDataType.INSTANCE).valueType(Bytes))

    private var bytes = 0L

    /** How big the file was after it was compacted: there is no use in doing it again at once. */
    private var compacted = 0L

    val size: Int get() = places.size

    init {
        // No time to waste on growing old for what nobody reads at an older version.
        store.setVersionsToKeep(0)
        store.setRetentionTime(0)
        if (entries.sizeAsLong() != places.sizeAsLong()) throw DamagedException("${entries.size} entries in ${places.size} places")
        val now = limits.clock()
        val over = ArrayList<Place>()
        places.cursor(null).let { cursor ->
            while (cursor.hasNext()) {
                cursor.next()
                val place = Place.of(cursor.value)
                bytes += place.bytes
                if (place.end <= now) over += place
            }
        }
        over.forEach { take(it.key) }
        makeRoom()
    }

    fun get(key: String): ByteArray? {
        val name = key.encodeToByteArray()
        val entry = entries[name]?.let { Entry.of(name, it) } ?: return null
        if (entry.end <= limits.clock()) {
            take(name)
            return null
        }
        return entry.value()
    }

    fun put(key: String, value: ByteArray, ttlMillis: Long) {
        val name = key.encodeToByteArray()
        take(name)
        val now = limits.clock()
        val end = if (ttlMillis < Long.MAX_VALUE - now) now + ttlMillis else Long.MAX_VALUE
        val number = (places.lastKey() ?: 0L) + 1
        val entry = Entry.bytesOf(name, number, end, value)
        val place = Place(end, name.size + entry.size, name)
        if (place.bytes > limits.maxBytes) return
        places[number] = place.toBytes()
        entries[name] = entry
        bytes += place.bytes
        makeRoom()
    }

    fun remove(key: String) = take(key.encodeToByteArray())

    fun commit() {
        store.commit()
        val most = maxOf(ROOMY * (bytes + SLACK), compacted + SLACK)
        if (store.fileStore.size() <= most) return
        store.compactFile(COMPACT_MILLIS)
        compacted = store.fileStore.size()
    }

    /** All is committed, so a disk that fails now takes nothing away. */
    fun close() {
        try {
            store.close()
        } catch (_: RuntimeException) {
            abandon()
        }
    }

    /** Lets go of the file without another word to it. */
    fun abandon() {
        try {
            store.closeImmediately()
        } catch (_: RuntimeException) {
            // It was closed already, by what went wrong.
        }
    }

    private fun makeRoom() {
        while (places.size > limits.maxEntries || bytes > limits.maxBytes) take(placeOf(places.firstKey()).key)
    }

    private fun take(name: ByteArray) {
        val number = Entry.of(name, entries.remove(name) ?: return).number
        bytes -= placeOf(number).bytes
        places.remove(number)
    }

    private fun placeOf(number: Long?): Place =
        Place.of(places[number ?: throw DamagedException("no places")] ?: throw DamagedException("no place $number"))

    companion object {
        private const val ENTRIES = "tandem.entries"
        private const val PLACES = "tandem.places"
        val MAPS = setOf(ENTRIES, PLACES)

        /** How much bigger than what it holds a file may be. */
        private const val ROOMY = 2
        private const val SLACK = 2L * 1024 * 1024
        private const val COMPACT_MILLIS = 200
    }
}
