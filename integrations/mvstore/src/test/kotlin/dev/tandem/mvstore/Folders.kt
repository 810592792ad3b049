package dev.tandem.mvstore

import java.nio.file.Files
import java.nio.file.Path

/** A folder that is gone after [work]. */
internal inline fun <T> inFolder(work: (Path) -> T): T {
    val folder = Files.createTempDirectory("tandem-mvstore")
    try {
        return work(folder)
    } finally {
        folder.toFile().deleteRecursively()
    }
}

/** The answer that belongs to [key], of a length that its name tells. */
internal fun answerOf(key: String): ByteArray {
    val seed = key.hashCode()
    return ByteArray(Math.floorMod(seed * 31, 6_000)) { (seed + it * 7 + it / 13).toByte() }
}
