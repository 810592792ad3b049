package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.batch.BatchResult.Effort
import dev.tandem.batch.journal.PieceNote
import dev.tandem.batch.provider.BatchAnswer
import dev.tandem.batch.provider.BatchState
import dev.tandem.batch.provider.Intent
import dev.tandem.batch.provider.ProviderBatches
import dev.tandem.batch.provider.Ticket
import dev.tandem.batch.provider.WrittenRequest
import dev.tandem.error.AiException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.NotFoundException
import dev.tandem.model.Usage
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.consumeAsFlow
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.util.UUID
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeMark

/** Items on their way through the provider's own batches: put together, handed in, collected; also those of an earlier run. */
internal class Pieces<T, R>(
    ai: AiClient,
    private val task: BatchTask<T, R>,
    private val settings: Settings<T>,
    private val desk: Desk<T, R>,
    private val run: Handing<T, R>,
) {
    private val batches = ProviderBatches.of(ai, settings.pauses)
    private val atOnce = Semaphore(settings.piecesAtOnce)
    private val earlier = Earlier<T>(desk.openPieces())

    private class Written<T>(val item: Waiting<T>, val request: WrittenRequest)

    suspend fun work(waiting: ReceiveChannel<Waiting<T>>) {
        coroutineScope {
            val fresh = waiting.consumeAsFlow().mapNotNull { if (earlier.take(it)) null else written(it) }
            batches.cut(fresh, settings.pieceSize, Written<T>::request).collect { piece ->
                atOnce.acquire()
                launch { begin(piece).also { atOnce.release() } }
            }
            // Only now is it known which of their items are still wanted.
            earlier.pieces.forEach { launch { atOnce.withPermit { goOn(it) } } }
        }
    }

    /** Null for an item that is over, since nobody can hand it in. */
    private suspend fun written(item: Waiting<T>): Written<T>? {
        run.began()
        return try {
            val request =
                requireNotNull(task.requestOf(item.item)) { "only chats can be handed to a provider in batches: use BatchMode.CALLS" }
            Written(item, batches.write(request))
        } catch (e: Exception) {
            currentCoroutineContext().ensureActive()
            fail(item, e, settings.clock.markNow())
            null
        }
    }

    private suspend fun begin(piece: List<Written<T>>) {
        if (run.isEnding()) return piece.forEach { run.gaveUp(it.item) }
        val intent = batches.intend("tandem-${UUID.randomUUID()}", piece.size)
        val note = PieceNote(intent.key, intent.toJson(), null, piece.map { it.item.place.key })
        desk.note(PieceNote.intended(note))
        val begun = settings.clock.markNow()
        val ticket = try {
            batches.submit(intent, piece.map { it.request })
        } catch (e: AiException) {
            desk.note(PieceNote.over(note.name))
            return piece.forEach { fail(it.item, e, begun) }
        }
        desk.note(PieceNote.handedIn(note.name, ticket.toJson()))
        collect(ticket, piece.map { it.item }, begun)
    }

    private suspend fun goOn(piece: Earlier.Piece<T>) {
        val note = piece.note
        if (piece.isUnwanted) return desk.note(PieceNote.over(note.name))
        repeat(piece.items.count { it != null }) { run.began() }
        val begun = settings.clock.markNow()
        val ticket = note.ticket?.let(Ticket::of) ?: batches.find(Intent.of(note.intent), earlier.tickets())
        if (ticket != null) {
            if (note.ticket == null) desk.note(PieceNote.handedIn(note.name, ticket.toJson()))
            return collect(ticket, piece.items.asList(), begun)
        }
        // It was meant to be, and never was.
        desk.note(PieceNote.over(note.name))
        beginAgain(piece.items.filterNotNull())
    }

    private suspend fun beginAgain(items: List<Waiting<T>>) {
        val again = items.onEach { run.gaveUp(it) }.mapNotNull { written(it) }
        if (again.isNotEmpty()) begin(again)
    }

    /** Waits for the batch, and hands out what has become of [items], which are those at their places in it that are wanted. */
    private suspend fun collect(ticket: Ticket, items: List<Waiting<T>?>, begun: TimeMark) {
        val open = items.toTypedArray<Waiting<T>?>()
        try {
            val state = batches.await(ticket)
            if (state.phase == BatchState.Phase.FAILED) return refused(ticket, state, open, begun)
            handOut(ticket, open, begun)
        } catch (e: AiException) {
            if (desk.isRemembering && e !is NotFoundException) return run.end(Ending.Unread(e))
            open.filterNotNull().forEach { fail(it, e, begun) }
        } finally {
            if (!desk.isRemembering && open.any { it != null }) giveBack(ticket)
        }
        desk.note(PieceNote.over(ticket.key))
    }

    private suspend fun handOut(ticket: Ticket, open: Array<Waiting<T>?>, begun: TimeMark) {
        repeat(MOST_READINGS) { reading ->
            try {
                return batches.results(ticket).collect { answer ->
                    val item = open[answer.index] ?: return@collect
                    open[answer.index] = null
                    take(item, answer, begun)
                }
            } catch (e: IncompleteStreamException) {
                if (reading == MOST_READINGS - 1) throw e
            }
        }
    }

    private suspend fun take(item: Waiting<T>, answer: BatchAnswer, begun: TimeMark) = when (answer) {
        is BatchAnswer.Failed -> fail(item, answer.failure, begun)
        is BatchAnswer.Answered -> run.over(item, runCatching { task.outcomeOf(answer.response) }, effort(answer.response.usage, begun))
    }

    /** Nothing of it was done. Those that are not to blame are handed in again, without the others. */
    private suspend fun refused(ticket: Ticket, state: BatchState, open: Array<Waiting<T>?>, begun: TimeMark) {
        desk.note(PieceNote.over(ticket.key))
        val all = open.withIndex().filter { it.value != null }
        // Where nobody in particular is to blame, it would be refused again.
        val isKnown = all.any { it.index in state.problems }
        val (guilty, others) = all.partition { !isKnown || it.index in state.problems }
        open.fill(null)
        guilty.forEach { (index, item) -> fail(checkNotNull(item), checkNotNull(state.problems[index] ?: state.failure), begun) }
        beginAgain(others.mapNotNull { it.value })
    }

    private suspend fun fail(item: Waiting<T>, error: Exception, begun: TimeMark) =
        run.over(item, Result.failure(error), effort(Usage.NONE, begun))

    private fun effort(usage: Usage, begun: TimeMark) = Effort(usage, null, 0, isCached = false, isResumed = false, begun.elapsedNow())

    /** Nobody will ever come back for it. */
    private suspend fun giveBack(ticket: Ticket) = withContext(NonCancellable) {
        withTimeoutOrNull(PATIENCE) { runCatching { batches.cancel(ticket) } }
    }

    private companion object {
        const val MOST_READINGS = 4
        val PATIENCE = 10.seconds
    }
}
