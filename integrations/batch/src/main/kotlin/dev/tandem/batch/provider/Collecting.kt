package dev.tandem.batch.provider

import dev.tandem.error.AiException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.IncompleteStreamException
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.serialization.json.JsonObject

/** Brings in what became of the requests of a batch that has ended. */
internal class Collecting(private val desk: Desk, private val wire: BatchWire) {
    suspend fun collect(ticket: Ticket, batch: JsonObject, to: FlowCollector<BatchAnswer>) {
        val state = wire.stateOf(batch)
        state.failure?.let { throw it }
        check(state.isEnded) { "the batch ${ticket.id} has no results yet, it is ${state.phase}: await it first" }
        var lines = linesOf(ticket, batch)
        // It is the provider who counts: what it says is there must be there.
        if (lines.isTorn || lines.byIndex.size < state.counted) lines = linesOf(ticket, batch)
        lines.stranger?.let { throw desk.malformed("the batch ${ticket.id} holds the result of another one, $it") }
        for ((index, line) in lines.byIndex) to.emit(answerOf(index, line))
        if (lines.isTorn) throw incomplete(ticket, lines)
        val left = (0 until ticket.size).filter { it !in lines.byIndex }
        // Not all servers say of each request that it was too late for it.
        val isCutShort = state.phase in CUT_SHORT && lines.byIndex.size >= state.counted
        for (index in left) to.emit(BatchAnswer.Failed(index, if (isCutShort) late(ticket, state) else missing(ticket, index, lines)))
    }

    private val BatchState.counted: Int get() = succeeded + failed

    private fun late(ticket: Ticket, state: BatchState) = state.phase.name.lowercase().let { end ->
        desk.noTurn("batch_$end", "the batch ${ticket.id} was $end before this request had its turn")
    }

    private suspend fun linesOf(ticket: Ticket, batch: JsonObject) = ResultLines(CustomIds(ticket.key), ticket.size).also { lines ->
        wire.resultsOf(batch).forEach { lines.add(desk.file(it)) }
    }

    private fun answerOf(index: Int, line: JsonObject): BatchAnswer = try {
        BatchAnswer.Answered(index, wire.read(line))
    } catch (e: AiException) {
        BatchAnswer.Failed(index, e)
    }

    private fun missing(ticket: Ticket, index: Int, lines: ResultLines) = EmptyResponseException(
        "${desk.provider}: the batch ${ticket.id} has neither an answer nor an error for request $index" +
            if (lines.unreadable > 0) ", and ${lines.unreadable} lines that nobody can read" else "",
        desk.details().build(),
    )

    private fun incomplete(ticket: Ticket, lines: ResultLines) = IncompleteStreamException(
        "${desk.provider}: the results of the batch ${ticket.id} broke off after ${lines.byIndex.size} of ${ticket.size}",
        desk.details().build(),
        null,
    )

    private companion object {
        val CUT_SHORT = setOf(BatchState.Phase.EXPIRED, BatchState.Phase.CANCELLED)
    }
}
