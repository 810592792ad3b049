package dev.tandem.journal

import kotlinx.serialization.json.JsonObject
import java.io.ByteArrayOutputStream
import java.io.FileNotFoundException
import java.io.IOException
import java.io.RandomAccessFile
import java.nio.channels.OverlappingFileLockException
import java.nio.file.Files
import java.nio.file.Path

/**
 * Lines in a file that nobody else writes to meanwhile. Not for several threads at once, but for [sync]. Not a channel: that would be
 * closed by the interrupt of a thread which happens to write.
 */
public class JournalFile private constructor(private val path: Path, private val file: RandomAccessFile) : AutoCloseable {
    /** Where the next line goes: all before it is whole. */
    private var end = 0L

    /** The last line is whole but for its end. */
    private var isUnfinished = false
    private val buffer = ByteArray(BUFFER)

    /** For single lines, also in the midst of a scan. */
    private val short = ByteArray(SHORT)

    /**
     * Reads all of it, or begins it with [header]. Gives [each] line after the first with its place, null for one that is not as it was
     * written, unless nothing whole comes after it. Returns the header that it was begun with. Called once, and first.
     */
    public fun load(kind: Kind, header: JsonObject, each: (place: Long, line: JsonObject?) -> Unit): JsonObject {
        var found: JsonObject? = null
        var isFirst = true
        scan { place, line ->
            if (isFirst) found = kind.check(path, line) else each(place, line)
            isFirst = false
        }
        // Nothing whole in it: either it is new, or its first line was cut in its midst, or it is something else.
        if (isFirst && !isCut(kind.beginning)) throw kind.foreign(path)
        settle()
        found?.let { return it }
        append(kind.header(header))
        sync()
        return header
    }

    /** Each line with its place, null for one that is not as it was written, unless nothing whole comes after it. */
    private fun scan(each: (place: Long, line: JsonObject?) -> Unit) {
        var place = 0L
        var damaged = 0
        eachLine { bytes, isTerminated ->
            val json = Line.read(bytes)
            if (json == null) {
                damaged++
            } else {
                repeat(damaged) { each(place, null) }
                damaged = 0
                each(place, json)
                end = place + bytes.size + 1
                isUnfinished = !isTerminated
            }
            place += bytes.size + 1
        }
    }

    /** Cuts off what is left of a line at the end, where nothing whole comes after it. */
    private fun settle() {
        if (isUnfinished) {
            file.seek(end - 1)
            file.write('\n'.code)
            isUnfinished = false
        }
        if (file.length() > end) file.setLength(end)
    }

    /** Whether it is empty, or holds no more than one line that begins like [text] and was cut. */
    private fun isCut(text: String): Boolean {
        val found = ByteArray(file.length().coerceAtMost(LONGEST_CUT).toInt())
        file.seek(0)
        file.readFully(found)
        val beginning = found.decodeToString()
        return found.size < LONGEST_CUT && '\n' !in beginning && (text.startsWith(beginning) || beginning.startsWith(text))
    }

    /** Null where there is no whole line at [place]. */
    public fun lineAt(place: Long): JsonObject? {
        val line = ByteArrayOutputStream()
        file.seek(place)
        while (true) {
            val read = file.read(short)
            if (read < 0) return null
            val stop = indexOfBreak(short, 0, read)
            line.write(short, 0, if (stop < 0) read else stop)
            if (stop >= 0) return Line.read(line.toByteArray())
        }
    }

    /** The place of the line. Whatever goes wrong leaves no part of it behind. */
    public fun append(line: JsonObject): Long {
        val place = end
        val bytes = Line.of(line)
        try {
            file.seek(place)
            file.write(bytes)
        } catch (e: IOException) {
            runCatching { file.setLength(place) }.exceptionOrNull()?.let(e::addSuppressed)
            throw JournalException(
                path,
                "cannot be written (${e.message}): make room, then run the same once more; what is in it stays done",
                e,
            )
        }
        end = place + bytes.size
        return place
    }

    /** All that was appended before survives the machine too. May be called beside everything else. */
    public fun sync() {
        try {
            file.fd.sync()
        } catch (e: IOException) {
            throw JournalException(
                path,
                "cannot be brought to the disk (${e.message}): look at the disk, then run the same once more",
                e,
            )
        }
    }

    /** Frees the file for others. */
    override fun close() {
        file.close()
    }

    private fun eachLine(each: (bytes: ByteArray, isTerminated: Boolean) -> Unit) {
        val line = ByteArrayOutputStream()
        val length = file.length()
        var at = 0L
        while (at < length) {
            file.seek(at)
            val read = file.read(buffer)
            if (read < 0) break
            var from = 0
            while (from < read) {
                val stop = indexOfBreak(buffer, from, read)
                line.write(buffer, from, (if (stop < 0) read else stop) - from)
                if (stop < 0) break
                each(line.toByteArray(), true)
                line.reset()
                from = stop + 1
            }
            at += read
        }
        if (line.size() > 0) each(line.toByteArray(), false)
    }

    private fun indexOfBreak(bytes: ByteArray, from: Int, to: Int): Int {
        for (i in from until to) if (bytes[i] == '\n'.code.toByte()) return i
        return -1
    }

    /** How a file is opened. */
    public companion object {
        private const val BUFFER = 64 * 1024
        private const val SHORT = 1024
        private const val LONGEST_CUT = 64L * 1024

        /** Makes the file and its folders where there are none. */
        public fun open(path: Path): JournalFile {
            if (Files.isDirectory(path)) {
                throw JournalException(path, "is a folder: name a file in it, such as ${path.resolve("run.journal")}", null)
            }
            val file = try {
                path.toAbsolutePath().parent?.let(Files::createDirectories)
                RandomAccessFile(path.toFile(), "rw")
            } catch (e: FileNotFoundException) {
                throw JournalException(path, "cannot be opened for writing (${e.message}): look at its permissions, or name another", e)
            } catch (e: IOException) {
                throw JournalException(path, "cannot be made (${e.message}): name a file in a folder that can be written", e)
            }
            return try {
                // Until the file is closed.
                file.channel.tryLock() ?: throw JournalInUseException(path, null)
                JournalFile(path, file)
            } catch (e: Throwable) {
                file.close()
                throw if (e is OverlappingFileLockException) JournalInUseException(path, e) else e
            }
        }
    }
}
