@file:JvmName("-Damage")

package dev.tandem.mvstore

import org.h2.mvstore.DataUtils
import org.h2.mvstore.MVStoreException
import java.nio.channels.ClosedChannelException
import java.nio.file.FileSystemException

/** What a file says cannot be true. */
internal class DamagedException(message: String) : RuntimeException(message)

/**
 * Whether [error] comes from what is in the file, so that only another file helps. Bytes that make no sense come to light as almost
 * anything; what is known are the faults of others: a full disk, a file that is closed or in use.
 */
internal fun isDamage(error: Throwable): Boolean = when (error) {
    is MVStoreException -> error.errorCode !in FAULTS_OF_OTHERS && FAULTY_ACCESS.none { it.isInstance(error.cause) }
    is CacheFileException -> false
    is AssertionError -> true
    else -> error is RuntimeException
}

private val FAULTS_OF_OTHERS = setOf(DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED, DataUtils.ERROR_FILE_LOCKED)

/** Not so the end of the file where more of it should be. */
private val FAULTY_ACCESS = listOf(ClosedChannelException::class, FileSystemException::class)
