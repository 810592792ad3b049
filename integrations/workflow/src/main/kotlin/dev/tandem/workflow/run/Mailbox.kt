package dev.tandem.workflow.run

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * The events for one reader. Holds at most [room], but for those that nobody can wait with, of which none is ever lost: a patient one
 * has the run wait for its reader, another one leaves out tokens.
 */
internal class Mailbox(private val filter: EventFilter, private val room: Int, private val isPatient: Boolean) {
    private val lock = Any()

    /** This and all below is guarded by [lock]. */
    private val events = ArrayDeque<WorkflowEvent>()
    private var missed = 0L
    private var lastMissed: WorkflowEvent.Token? = null
    private var isClosed = false
    private val arrived = Channel<Unit>(Channel.CONFLATED)
    private val taken = Channel<Unit>(Channel.CONFLATED)

    val wantsTokens: Boolean get() = filter.wantsTokens

    /** Waits for room where its reader is waited for. */
    suspend fun put(event: WorkflowEvent) {
        if (!filter.wants(event)) return
        try {
            while (!tryPut(event)) taken.receive()
        } catch (e: CancellationException) {
            // It has happened, and is told, also where nobody may wait any more.
            add(event)
            throw e
        }
    }

    /** Comes in by any means. */
    fun add(event: WorkflowEvent) {
        if (!filter.wants(event)) return
        synchronized(lock) {
            if (isClosed) return
            tellMissed()
            events += event
        }
        arrived.trySend(Unit)
    }

    /** What is in it is still read. */
    fun close() {
        synchronized(lock) {
            if (!isClosed) tellMissed()
            isClosed = true
        }
        arrived.trySend(Unit)
        taken.trySend(Unit)
    }

    fun read(): Flow<WorkflowEvent> = flow {
        while (true) {
            val next = synchronized(lock) { events.removeFirstOrNull() }
            if (next == null) {
                if (synchronized(lock) { isClosed && events.isEmpty() }) return@flow
                arrived.receive()
                continue
            }
            taken.trySend(Unit)
            emit(next)
        }
    }

    private fun tryPut(event: WorkflowEvent): Boolean {
        synchronized(lock) {
            if (isClosed) return true
            if (events.size >= room) {
                if (isPatient) return false
                if (event is WorkflowEvent.Token) {
                    missed++
                    lastMissed = event
                    return true
                }
            }
            tellMissed()
            events += event
        }
        arrived.trySend(Unit)
        // Another one may have been waiting for the same room.
        if (isPatient) taken.trySend(Unit)
        return true
    }

    /** Before what comes next, or at the end. With [lock]. */
    private fun tellMissed() {
        val last = lastMissed ?: return
        events += WorkflowEvent.TokensMissed(Moment(last.runId, last.atMillis, null), missed)
        missed = 0
        lastMissed = null
    }
}
