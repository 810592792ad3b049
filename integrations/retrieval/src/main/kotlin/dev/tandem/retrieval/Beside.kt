package dev.tandem.retrieval

import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.DirectoryIteratorException
import java.nio.file.FileAlreadyExistsException
import java.nio.file.FileSystemException
import java.nio.file.FileSystemLoopException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.WRITE
import java.nio.file.attribute.PosixFileAttributeView
import java.nio.file.attribute.PosixFilePermission
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit

/** A new file beside [target], whose place it takes when it is whole, for the same people to read. */
internal class Beside private constructor(
    private val target: Path,
    private val path: Path,
    val channel: FileChannel,
    private val permissions: Set<PosixFilePermission>?,
) {
    private var isDone = false

    fun replace() {
        // Those of a new file are less than it was made with, where the process is told so.
        if (permissions != null) Files.setPosixFilePermissions(path, permissions)
        Files.move(path, target, ATOMIC_MOVE, REPLACE_EXISTING)
        isDone = true
    }

    /** Unless it is in its place: one of that name is somebody else's by now. */
    fun delete() {
        if (!isDone) Files.deleteIfExists(path)
    }

    companion object {
        private const val END = ".new"
        private const val MOST_LINKS = 40

        /** Whoever writes one does so all the time. */
        private val STALE_MILLIS = TimeUnit.HOURS.toMillis(1)

        /** Beside what [path] leads to, where it is a link. */
        fun of(path: Path): Beside {
            val target = behindLinks(path.toAbsolutePath())
            val folder = target.parent ?: throw FileSystemException("$target", null, "is no file")
            // A link to a folder is none to createDirectories.
            if (!Files.isDirectory(folder)) Files.createDirectories(folder)
            sweep(folder, "${target.fileName}.")
            val permissions = permissionsOf(target)
            val attributes = permissions?.let { arrayOf(PosixFilePermissions.asFileAttribute(it)) }.orEmpty()
            var number = 0
            while (true) {
                val new = target.resolveSibling("${target.fileName}.$number$END")
                try {
                    return Beside(target, new, FileChannel.open(new, setOf(CREATE_NEW, WRITE), *attributes), permissions)
                } catch (e: FileAlreadyExistsException) {
                    // Of somebody who writes the same, or did until he was stopped.
                    number++
                }
            }
        }

        private fun behindLinks(path: Path): Path {
            var at = path
            repeat(MOST_LINKS) {
                if (!Files.isSymbolicLink(at)) return at
                at = at.resolveSibling(Files.readSymbolicLink(at))
            }
            throw FileSystemLoopException("$path")
        }

        /** Null where there is no such file, or no such thing as permissions. */
        private fun permissionsOf(target: Path): Set<PosixFilePermission>? = if (Files.isRegularFile(target)) {
            Files.getFileAttributeView(target, PosixFileAttributeView::class.java)?.readAttributes()?.permissions()
        } else {
            null
        }

        /** Takes away what processes have left that were stopped while they wrote. What cannot be now can another time. */
        private fun sweep(folder: Path, begin: String) {
            try {
                Files.newDirectoryStream(folder) { isOurs("${it.fileName}", begin) }.use { left ->
                    for (each in left) {
                        val age = System.currentTimeMillis() - Files.getLastModifiedTime(each).toMillis()
                        if (age > STALE_MILLIS) Files.deleteIfExists(each)
                    }
                }
            } catch (e: IOException) {
                return
            } catch (e: DirectoryIteratorException) {
                return
            }
        }

        private fun isOurs(name: String, begin: String): Boolean {
            val number = name.removePrefix(begin).removeSuffix(END)
            return name == "$begin$number$END" && number.isNotEmpty() && number.all { it.isDigit() }
        }
    }
}
