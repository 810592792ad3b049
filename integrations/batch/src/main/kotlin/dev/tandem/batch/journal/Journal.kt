package dev.tandem.batch.journal

import dev.tandem.journal.JournalException
import dev.tandem.journal.JournalFile
import dev.tandem.journal.Kind
import kotlinx.serialization.json.JsonObject
import java.nio.file.Path

/** What earlier runs have done, and what this one does: one line for each item. Its file is described in `docs/batches.md`. */
internal class Journal private constructor(
    private val path: Path,
    private val file: JournalFile,
    private val isFinal: (Record) -> Boolean,
) : AutoCloseable {
    private val lock = Any()

    /** This and all below is guarded by [lock]. */
    private val index = Index { key, place -> recordAt(place).key == key }

    /** Keys of this run that have no record yet. */
    private val running = HashSet<String>()

    /** How often a key came up that is made of the item's content, of those that came up more than once. */
    private val repeats = HashMap<String, Int>()

    /** How many lines could not be read. Their items are done again. */
    var damagedLines: Int = 0
        private set

    /** What was handed to the provider, and is not over. */
    val openPieces = LinkedHashMap<String, PieceNote>()

    /**
     * Takes the next item. Where the key is made of the content, [content] is null and the same may come up again; its number is
     * part of the key then.
     */
    fun claim(key: String, content: String?): Claim = synchronized(lock) {
        when {
            !isMet(key) -> first(key, content)
            content == null -> claimNext(key)
            else -> Claim.Twice(numbered(key))
        }
    }

    /** The place of [record]. From now on it outlives this process, and after [sync] the machine. */
    fun write(record: Record): Long = synchronized(lock) {
        val place = file.append(record.toJson())
        running -= record.key
        index.put(record.key, place, isMet = true)
        place
    }

    /** Something else than what became of an item. */
    fun note(line: JsonObject) {
        synchronized(lock) { file.append(line) }
    }

    /** [claim] has come to nothing. */
    fun giveUp(key: String) {
        synchronized(lock) { running -= key }
    }

    fun sync(): Unit = file.sync()

    fun recordAt(place: Long): Record = synchronized(lock) { file.lineAt(place)?.let(Record::read) }
        ?: throw JournalException(path, "has lost the line at $place while it was in use: is somebody else writing to it?", null)

    override fun close(): Unit = synchronized(lock) { file.close() }

    private fun isMet(key: String) = key in running || index.isMet(key)

    private fun first(key: String, content: String?): Claim {
        val place = index.placeOf(key)
        val record = place?.let(::recordAt)
        if (record == null || record.content != content || !isFinal(record)) {
            running += key
            return Claim.Open(key)
        }
        index.meet(key)
        return Claim.Done(record, place)
    }

    private fun claimNext(key: String): Claim {
        while (true) {
            val next = numbered(key)
            if (!isMet(next)) return first(next, null)
        }
    }

    private fun numbered(key: String): String {
        val number = (repeats[key] ?: 1) + 1
        repeats[key] = number
        return "$key$SEPARATOR$number"
    }

    private fun load(configuration: JsonObject) {
        val now = JsonObject(mapOf(CONFIGURATION to configuration))
        val begun = file.load(KIND, now) { place, line ->
            when {
                line == null -> damagedLines++
                "key" !in line -> PieceNote.read(line, openPieces)
                else -> Record.read(line)?.let { index.put(it.key, place, isMet = false) }
            }
        }
        val then = begun[CONFIGURATION] as? JsonObject ?: JsonObject(emptyMap())
        if (then != configuration) throw JournalMismatchException(path, then, configuration)
    }

    companion object {
        private val KIND = Kind("tandem-batch", "a batch", 1)
        private const val CONFIGURATION = "configuration"

        /** In no key that people write. */
        private const val SEPARATOR = '\u001f'

        /** Makes the file where there is none. [isFinal] says which records of earlier runs stand. */
        fun open(path: Path, configuration: JsonObject, isFinal: (Record) -> Boolean): Journal {
            val file = JournalFile.open(path)
            return try {
                Journal(path, file, isFinal).apply { load(configuration) }
            } catch (e: Throwable) {
                file.close()
                throw e
            }
        }
    }
}
