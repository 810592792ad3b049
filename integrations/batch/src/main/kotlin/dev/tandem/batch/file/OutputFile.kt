package dev.tandem.batch.file

import dev.tandem.batch.Output
import dev.tandem.batch.journal.Record
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.io.BufferedOutputStream
import java.io.FileOutputStream
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption

/** One line for each line of the input that has a record, in their order. Comes into being whole, or not at all. */
internal class OutputFile(private val path: Path, private val task: LineTask) : Output<InputLine> {
    /** Guarded by itself. */
    private val places = Places()

    override fun at(index: Long, item: InputLine, place: Long): Unit = synchronized(places) { places.put(index, place, item) }

    override fun write(recordAt: (place: Long) -> Record) {
        val part = path.resolveSibling("${path.fileName}.part")
        try {
            FileOutputStream(part.toFile()).use { file ->
                val out = BufferedOutputStream(file, BUFFER)
                places.forEach { place, line, isNamed, isOpenAi ->
                    val json = lineOf(recordAt(place), line, isNamed, isOpenAi)
                    out.write(Json.encodeToString(JsonElement.serializer(), json).encodeToByteArray())
                    out.write('\n'.code)
                }
                out.flush()
                file.fd.sync()
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
        } catch (e: IOException) {
            throw OutputException(path, e)
        }
    }

    private fun lineOf(record: Record, line: Long, isNamed: Boolean, isOpenAi: Boolean): JsonObject {
        val answer = record.value?.let(task::read)
        val id = if (isNamed) record.key.substringBefore(COUNT) else null
        return if (isOpenAi) OutputLine.ofOpenAi(id ?: "line-$line", record, answer) else OutputLine.short(line, id, record, answer)
    }

    private companion object {
        const val BUFFER = 64 * 1024

        /** Behind it a journal counts those of the same key. */
        const val COUNT = '\u001f'
    }
}
