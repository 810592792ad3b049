package dev.tandem.cache

import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** Keeps answers in this process: at most so many entries and bytes; what was used longest ago goes first. */
public class MemoryCache internal constructor(private val maxEntries: Int, private val maxBytes: Long, private val clock: TimeSource) :
    CacheStore {
        /** At most so many answers, and so many bytes in all of them; each at least 1. */
        public constructor(maxEntries: Int, maxBytes: Long) : this(maxEntries, maxBytes, TimeSource.Monotonic)

        /** 64 MB at most. */
        public constructor(maxEntries: Int) : this(maxEntries, DEFAULT_BYTES)

        init {
            require(maxEntries >= 1) { "maxEntries must be at least 1, but is $maxEntries" }
            require(maxBytes >= 1) { "maxBytes must be at least 1, but is $maxBytes" }
        }

        private val lock = platform.newLock()

        /** Guarded by the lock, as [bytes]: the one used last comes last. */
        private val entries = LinkedHashMap<String, Entry>()
        private var bytes = 0L

        /** How many are kept, those included whose time is over but whom nobody has asked for since. */
        public val size: Int get() = lock.holding { entries.size }

        override suspend fun get(key: String): ByteArray? = lock.holding {
            val entry = take(key)
            if (entry == null || entry.end.hasPassedNow()) return null
            keep(key, entry)
            entry.value
        }

        override suspend fun put(key: String, value: ByteArray, ttlMillis: Long): Unit = lock.holding {
            take(key)
            if (value.size > maxBytes) return
            keep(key, Entry(value, clock.markNow() + ttlMillis.milliseconds))
            while (entries.size > maxEntries || bytes > maxBytes) take(entries.keys.first())
        }

        override suspend fun remove(key: String) {
            lock.holding { take(key) }
        }

        private fun take(key: String): Entry? = entries.remove(key)?.also { bytes -= it.value.size }

        private fun keep(key: String, entry: Entry) {
            entries[key] = entry
            bytes += entry.value.size
        }

        private class Entry(val value: ByteArray, val end: TimeMark)

        private companion object {
            const val DEFAULT_BYTES = 64L * 1024 * 1024
        }
    }
