package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.batch.BatchResult.Done
import dev.tandem.batch.BatchResult.Effort
import dev.tandem.batch.BatchResult.Failed
import dev.tandem.batch.journal.Claim
import dev.tandem.batch.journal.Failure
import dev.tandem.batch.journal.Journal
import dev.tandem.batch.journal.PieceNote
import dev.tandem.batch.journal.Record
import dev.tandem.model.Usage
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration

/** Where it is known which items are done, and written down what becomes of the others; with a journal or without one. */
internal class Desk<T, R> private constructor(
    private val task: BatchTask<T, R>,
    private val key: ((T) -> String?)?,
    private val journal: Journal?,
    private val output: Output<T>?,
) : AutoCloseable {
    val isRemembering: Boolean get() = journal != null
    val damagedLines: Int get() = journal?.damagedLines ?: 0

    fun placeFor(item: T, index: Long): Place<T, R> {
        if (journal == null) return Place.Open("", null)
        val named = try {
            named(item)
        } catch (e: Exception) {
            if (e is NoKeyException) throw e
            return over(journal, item, index, "$NAMELESS$index", null, e)
        }
        return when (val claim = journal.claim(named.key, named.content)) {
            is Claim.Open -> Place.Open(claim.key, named.content)
            is Claim.Done -> Place.Over(resultOf(item, index, claim.record)).also { output?.at(index, item, claim.place) }
            is Claim.Twice -> over(journal, item, index, claim.key, named.content, KeyTwiceException(named.key, index))
        }
    }

    /** The result that [outcome] is, written down. */
    fun keep(item: T, index: Long, place: Place.Open, outcome: Result<BatchTask.Outcome<R>>, effort: Effort): BatchResult<T, R> {
        val written = if (journal == null) Result.success(JsonPrimitive("")) else outcome.mapCatching { it.json() }
        val error = outcome.exceptionOrNull() ?: written.exceptionOrNull()
        if (journal != null) {
            val at = journal.write(recordOf(place.key, index, place.content, written.getOrNull(), error, effort))
            output?.at(index, item, at)
        }
        return if (error != null) {
            Failed(item, index, place.key, error, effort)
        } else {
            Done(item, index, place.key, outcome.getOrThrow().value, effort)
        }
    }

    fun openPieces(): List<PieceNote> = journal
        ?.openPieces
        ?.values
        ?.toList()
        .orEmpty()

    /** Remembered before what follows is done. */
    suspend fun note(line: JsonObject) {
        if (journal == null) return
        journal.note(line)
        sync()
    }

    fun giveUp(place: Place.Open) {
        journal?.giveUp(place.key)
    }

    suspend fun sync() {
        if (journal != null) withContext(Dispatchers.IO) { journal.sync() }
    }

    /** Everything that will be done is. */
    suspend fun finish() {
        if (journal != null && output != null) withContext(Dispatchers.IO) { output.write(journal::recordAt) }
    }

    override fun close() {
        journal?.close()
    }

    private class Named(val key: String, val content: String?)

    private class NoKeyException(item: Any?) :
        IllegalArgumentException(
            "a journal needs a key for each ${item?.let { it::class.simpleName } ?: "item"}: set key { … } on the batch",
        )

    private fun named(item: T): Named {
        val content = task.contentOf(item)?.let(::hashOf)
        val own = key?.invoke(item) ?: return Named(content ?: throw NoKeyException(item), null)
        require(own.isNotBlank()) { "the key of an item must not be blank, but is '$own'" }
        return Named(own, content.orEmpty())
    }

    /** An item that is none. */
    private fun over(journal: Journal, item: T, index: Long, key: String, content: String?, error: Exception): Place<T, R> {
        val effort = Effort(Usage.NONE, 0.0, 0, isCached = false, isResumed = false, Duration.ZERO)
        val place = journal.write(recordOf(key, index, content, null, error, effort))
        output?.at(index, item, place)
        return Place.Over(Failed(item, index, key, error, effort))
    }

    private fun recordOf(key: String, index: Long, content: String?, value: JsonElement?, error: Throwable?, effort: Effort): Record {
        val cost = Record.Cost(effort.usage, effort.usd, effort.retries, effort.isCached, effort.tookMillis)
        return Record(key, index, content, value.takeIf { error == null }, error?.let(Failure::of), cost)
    }

    private fun resultOf(item: T, index: Long, record: Record): BatchResult<T, R> {
        val effort = with(record.cost) { Effort.resumed(usage, usd, retries, isCached, tookMillis) }
        val failure = record.failure
        if (failure != null) {
            val error = EarlierFailureException(failure.type, failure.message, failure.isRetryable, failure.status)
            return Failed(item, index, record.key, error, effort)
        }
        return try {
            Done(item, index, record.key, task.read(checkNotNull(record.value)), effort)
        } catch (e: IllegalArgumentException) {
            Failed(item, index, record.key, e, effort)
        }
    }

    companion object {
        /** Begins no key that people write. */
        private const val NAMELESS = "\u001f"

        /** [opened] gets it at once, also when the caller is cancelled in that moment: whoever has it closes it. */
        suspend fun <T, R> open(ai: AiClient, task: BatchTask<T, R>, settings: Settings<T>, opened: (Desk<T, R>) -> Unit): Desk<T, R> {
            val path = settings.journal ?: return Desk(task, settings.key, null, null).also(opened)
            val own = settings.configuration?.let { mapOf("own" to JsonPrimitive(it)) }.orEmpty()
            val configuration = JsonObject(task.configuration(ai) + own)
            return withContext(Dispatchers.IO) {
                val journal = Journal.open(path, configuration) { isFinal(it, settings.afterFailure) }
                Desk(task, settings.key, journal, settings.output).also(opened)
            }
        }

        private fun isFinal(record: Record, afterFailure: AfterFailure): Boolean {
            val failure = record.failure ?: return true
            return when (afterFailure) {
                AfterFailure.RETRY -> false
                AfterFailure.RETRY_IF_IT_MAY_HELP -> !failure.isRetryable
                AfterFailure.KEEP -> true
            }
        }
    }
}
