package dev.tandem.mvstore

import dev.tandem.cache.CacheStore
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import java.nio.file.Path

/**
 * Keeps answers in one file, over restarts and crashes: what [put] has returned from is there even after `kill -9`, and an entry is
 * there whole or not at all. After a power cut the last entries may be missing.
 *
 * When it is full the oldest entries go first. That lets a reader read without writing, and the oldest are those whose time is over
 * first.
 *
 * A file that is damaged, be it found so when it is opened or much later, is put aside under the name [damagedFile] and a new one
 * begun. A file belongs to one [DiskCache] of one process at a time.
 *
 * Work on the file is done one after another on a thread of [Dispatchers.IO], never on the caller's. A caller that is cancelled
 * does not wait for it, and what it has put is kept all the same.
 */
public class DiskCache private constructor(private val file: CacheFile, private val limits: Limits) :
    CacheStore,
    AutoCloseable {
        private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(1))

        /** Null when closed, or when the disk failed: the next to come opens it again. Like all below, of the one thread at a time. */
        private var shelf: Shelf? = openShelf()
        private var isClosed = false
        private var commit: Deferred<Unit>? = null

        @Volatile private var count = 0

        /** Where the file is. */
        public val path: Path get() = file.path

        /** How many entries are kept, those included whose time is over but which nobody has asked for since. */
        public val size: Int get() = count

        /** Where the last damaged file is, for those who want to know what has happened to it; null when none was found. */
        public val damagedFile: Path? get() = file.aside

        init {
            count = shelf?.size ?: 0
        }

        /** Null also where the time of an answer is over. */
        override suspend fun get(key: String): ByteArray? = scope.async { using { it.get(key) } }.await()

        /** Returns when the entry outlives this process. */
        override suspend fun put(key: String, value: ByteArray, ttlMillis: Long) {
            require(ttlMillis >= 1) { "ttlMillis must be at least 1, but is $ttlMillis: to forget an entry call remove" }
            changing { it.put(key, value, ttlMillis) }
        }

        /** Returns when that outlives this process. */
        override suspend fun remove(key: String): Unit = changing { it.remove(key) }

        /** Ends what was begun, and waits for it. After this, every call throws [IllegalStateException]. */
        override fun close() {
            try {
                runBlocking {
                    scope
                        .async {
                            isClosed = true
                            shelf?.close()
                            shelf = null
                        }.await()
                }
            } catch (_: InterruptedException) {
                // The file is being closed nevertheless.
                Thread.currentThread().interrupt()
            }
        }

        override fun toString(): String = "DiskCache($path, $size entries)"

        private suspend fun changing(change: (Shelf) -> Unit) {
            scope
                .async {
                    using(change)
                    commitSoon()
                }.await()
                .await()
        }

        /** One commit for all whose changes are in line before it. */
        private fun commitSoon(): Deferred<Unit> = commit ?: scope
            .async {
                commit = null
                using { it.commit() }
            }.also { commit = it }

        private fun <T> using(work: (Shelf) -> T): T {
            check(!isClosed) { "the cache in $path is closed" }
            return try {
                work(shelf ?: openShelf().also { shelf = it })
            } catch (e: Throwable) {
                shelf?.abandon()
                shelf = null
                if (!isDamage(e)) throw file.failed(e)
                file.setAside(e)
                work(openShelf().also { shelf = it })
            } finally {
                count = shelf?.size ?: 0
            }
        }

        private fun openShelf(): Shelf = try {
            file.open(limits)
        } catch (e: Throwable) {
            if (!isDamage(e)) throw e
            file.setAside(e)
            file.open(limits)
        }

        /** How much is kept. [open] is what touches the disk. */
        public class Builder internal constructor(private val path: Path) {
            private var maxEntries = 100_000
            private var maxBytes = 256L * 1024 * 1024
            private var clock: () -> Long = System::currentTimeMillis

            /** 100,000 if nothing else is said. */
            public fun maxEntries(entries: Int): Builder = apply {
                require(entries >= 1) { "maxEntries must be at least 1, but is $entries" }
                maxEntries = entries
            }

            /**
             * What the entries may take in all, their keys included: 256 MB if nothing else is said. The file takes about twice as much,
             * and for a while more when much is put at once.
             */
            public fun maxBytes(bytes: Long): Builder = apply {
                require(bytes >= 1) { "maxBytes must be at least 1, but is $bytes" }
                maxBytes = bytes
            }

            internal fun clock(millis: () -> Long): Builder = apply { clock = millis }

            /**
             * Opens the file, or begins one, with its folder. This reads from the disk, so it blocks.
             *
             * @throws CacheInUseException when another [DiskCache], here or in another process, has the file.
             * @throws CacheFileException when the path cannot be read and written, or is the file of something else.
             */
            public fun open(): DiskCache = DiskCache(CacheFile(path.toAbsolutePath().normalize()), Limits(maxEntries, maxBytes, clock))
        }

        public companion object {
            /** The cache in the file at [path], with the limits that [builder] would set. Blocks, and throws, as [Builder.open] does. */
            @JvmStatic
            public fun open(path: Path): DiskCache = builder(path).open()

            /** Begins with 100,000 entries and 256 MB. */
            @JvmStatic
            public fun builder(path: Path): Builder = Builder(path)
        }
    }
