package dev.tandem.workflow.durable

import dev.tandem.journal.JournalFile
import dev.tandem.journal.Kind
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.longOrNull
import java.nio.file.Path
import kotlin.coroutines.CoroutineContext

/**
 * Steps kept in a file, for one run of one workflow. Whatever kills the process, what was finished is on the disk, and is not done again.
 * Nobody else has the file open meanwhile; of two runs at once with the same steps neither does again what the other does.
 * `docs/workflows.md` says what is in it.
 */
public class JournalSteps private constructor(
    private val file: JournalFile,
    private val now: () -> Long,
    private val disk: CoroutineContext,
) : LocalSteps,
    AutoCloseable {
    private val underWay = OneByOne()
    private val lock = Any()

    /** This and all below is guarded by [lock], but for what [syncing] guards. */
    private val values = HashMap<String, JsonElement>()
    private val wakings = HashMap<String, Long>()
    private val answers = Answers()
    private var written = 0L
    private var isClosed = false
    private val syncing = Mutex()

    /** Guarded by [syncing]. */
    private var synced = 0L

    /** How many lines could not be read. Their steps are done again, with all that were finished after them. */
    public var damagedLines: Int = 0
        private set

    /** How many steps have been finished. */
    public val finishedSteps: Int get() = synchronized(lock) { values.size }

    override suspend fun <T> step(name: String, serializer: KSerializer<T>, action: suspend () -> T): T {
        kept(name)?.let { return Json.decodeFromJsonElement(serializer, it) }
        return underWay.named(name) {
            kept(name)?.let { Json.decodeFromJsonElement(serializer, it) } ?: action().also { value ->
                val json = Json.encodeToJsonElement(serializer, value)
                keep(line(STEP, name, VALUE to json)) { values[name] = json }
            }
        }
    }

    private fun kept(name: String) = synchronized(lock) { values[name] }

    override suspend fun pause(name: String, millis: Long) {
        val known = synchronized(lock) { wakings[name] }
        val end = known ?: (now() + millis).also { keep(line(PAUSE, name, UNTIL to JsonPrimitive(it))) { wakings[name] = it } }
        delay((end - now()).coerceAtLeast(0))
    }

    override suspend fun <T> await(name: String, serializer: KSerializer<T>): T =
        Json.decodeFromJsonElement(serializer, answers.await(name))

    override suspend fun <T> answer(name: String, serializer: KSerializer<T>, value: T): Boolean {
        val json = Json.encodeToJsonElement(serializer, value)
        if (answers.isGiven(name)) return false
        // Not heard before it is on the disk, but then in any case: whoever gives up waiting for that must not leave others waiting.
        return withContext(NonCancellable) {
            var isFirst = false
            keep(line(ANSWER, name, VALUE to json)) { isFirst = answers.claim(name) }
            isFirst && answers.give(name, json)
        }
    }

    /** The file may be opened again. */
    override fun close() {
        synchronized(lock) {
            isClosed = true
            file.close()
        }
    }

    /** One trip to the disk for all that were written meanwhile. */
    private suspend fun keep(line: JsonObject, then: () -> Unit): Unit = withContext(disk) {
        val mine = synchronized(lock) {
            check(!isClosed) { "the steps were closed, so nothing more can be kept: close them when the run is over" }
            file.append(line)
            then()
            ++written
        }
        syncing.withLock {
            if (synced < mine) {
                val all = synchronized(lock) { written }
                file.sync()
                synced = all
            }
        }
    }

    private fun load() {
        var isTrusted = true
        file.load(KIND, JsonObject(emptyMap())) { _, line ->
            if (line == null) {
                damagedLines++
                isTrusted = false
            } else {
                if (MENDED in line) isTrusted = true
                take(line, isTrusted)
            }
        }
        if (!isTrusted) file.append(JsonObject(mapOf(MENDED to JsonPrimitive(damagedLines))))
    }

    /** What came after a step that is lost may have been made of it. */
    private fun take(line: JsonObject, isTrusted: Boolean) {
        val value = line[VALUE] ?: JsonNull
        if (isTrusted) name(line, STEP)?.let { values[it] = value }
        name(line, PAUSE)?.let { name -> (line[UNTIL] as? JsonPrimitive)?.longOrNull?.let { wakings[name] = it } }
        name(line, ANSWER)?.let { answers.give(it, value) }
    }

    private fun name(line: JsonObject, kind: String) = (line[kind] as? JsonPrimitive)?.contentOrNull

    private fun line(kind: String, name: String, more: Pair<String, JsonElement>) = JsonObject(mapOf(kind to JsonPrimitive(name), more))

    public companion object {
        private val KIND = Kind("tandem-workflow", "a workflow", 1)
        private const val STEP = "step"
        private const val PAUSE = "pause"
        private const val ANSWER = "answer"
        private const val VALUE = "value"
        private const val UNTIL = "until"
        private const val MENDED = "mended"

        /** Makes the file where there is none. [dev.tandem.journal.JournalException] says what is wrong with one that cannot be used. */
        @JvmStatic
        public fun open(file: Path): JournalSteps = open(file, System::currentTimeMillis, Dispatchers.IO)

        internal fun open(path: Path, now: () -> Long, disk: CoroutineContext): JournalSteps {
            val file = JournalFile.open(path)
            return try {
                JournalSteps(file, now, disk).apply { load() }
            } catch (e: Throwable) {
                file.close()
                throw e
            }
        }
    }
}
