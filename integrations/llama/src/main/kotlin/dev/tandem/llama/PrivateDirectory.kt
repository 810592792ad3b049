package dev.tandem.llama

import java.nio.file.Files
import java.nio.file.Path

/** A directory of this process alone, deleted at its end: other processes may unpack the same files at the same time. */
internal object PrivateDirectory {
    val path: Path by lazy { Files.createTempDirectory("tandem-llama-").deletedAtExit() }

    /** [resource] as a file, or null when there is no such resource. */
    fun copy(resource: String, name: String): Path? = PrivateDirectory::class.java.getResourceAsStream(resource)?.use { content ->
        val file = path.resolve(name)
        Files.copy(content, file)
        file.deletedAtExit()
    }

    fun child(name: String): Path = Files.createDirectory(path.resolve(name)).deletedAtExit()

    private fun Path.deletedAtExit(): Path = apply { toFile().deleteOnExit() }
}
