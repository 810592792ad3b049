package dev.tandem.mvstore

import org.h2.mvstore.DataUtils
import org.h2.mvstore.MVStore
import org.h2.mvstore.MVStoreException
import java.io.IOException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption

/** The file at [path]: how it is opened, and put aside. */
internal class CacheFile(val path: Path) {
    /** Where the last damaged one went. */
    @Volatile var aside: Path? = null
        private set

    fun open(limits: Limits): Shelf {
        prepare()
        val store = openStore()
        try {
            if (store.isReadOnly) throw CacheFileException("$path cannot be written: change its permissions, or name another file", null)
            refuseOthers(store.mapNames)
            return Shelf(store, limits)
        } catch (e: Throwable) {
            store.closeImmediately()
            throw e
        }
    }

    private fun refuseOthers(names: Set<String>) {
        val others = names - Shelf.MAPS
        if (others.isEmpty()) return
        // Ours are always there together: the name that is missing is among the others, and no longer what it was.
        if (names.any { it in Shelf.MAPS } && !names.containsAll(Shelf.MAPS)) throw DamagedException("$others among the maps")
        throw CacheFileException("$path is no cache but has $others: name another file", null)
    }

    /** The one before it, if any, is gone then. */
    fun setAside(why: Throwable) {
        val target = path.resolveSibling("${path.fileName}.damaged")
        try {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING)
        } catch (_: NoSuchFileException) {
            // Somebody has taken it away already.
            return
        } catch (e: IOException) {
            throw CacheFileException("$path is damaged and cannot be renamed: delete it", e).apply { addSuppressed(why) }
        }
        aside = target
    }

    /** [error] in the words of this file. */
    fun failed(error: Throwable): Throwable =
        if (error is MVStoreException) CacheFileException("$path cannot be read or written: ${error.message}", error) else error

    private fun prepare() {
        if (Files.isDirectory(
                path,
            )
        ) {
            throw CacheFileException("$path is a folder: name a file in it, as ${path.resolve("answers.mv")}", null)
        }
        try {
            path.parent?.let(Files::createDirectories)
        } catch (e: IOException) {
            throw CacheFileException("the folder of $path cannot be made: name a file in another", e)
        }
    }

    private fun openStore(): MVStore = try {
        // Commits are ours: those of its background thread could fall between two maps.
        MVStore
            .Builder()
            .fileName(path.toString())
            .autoCommitDisabled()
            .cacheSize(CACHE_MEGABYTES)
            .open()
    } catch (e: MVStoreException) {
        if (e.errorCode != DataUtils.ERROR_FILE_LOCKED) throw if (isDamage(e)) e else failed(e)
        throw CacheInUseException("$path is in use: give each process a file of its own, and share one DiskCache within a process", e)
    }

    private companion object {
        const val CACHE_MEGABYTES = 8
    }
}
