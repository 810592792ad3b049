package dev.tandem.workflow.run

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import java.util.UUID

/** Brings what happens in a run to whoever wants to know. */
internal class Hub(private val now: () -> Long, private val room: Int, private val remembers: Boolean) {
    val runId: String = UUID.randomUUID().toString()
    private val lock = Any()

    /** All of this is guarded by [lock]. What was, for readers who come late; without tokens. */
    private val past = ArrayList<WorkflowEvent>()
    private var isOver = false

    @Volatile private var boxes = emptyList<Mailbox>()

    /** Who comes late wants them too. */
    val wantsTokens: Boolean get() = remembers || boxes.any { it.wantsTokens }

    /** Now, at [node]. */
    fun moment(node: String?) = Moment(runId, now(), node)

    /** Waits for readers who are waited for. */
    suspend fun put(event: WorkflowEvent) {
        for (box in remembered(event)) box.put(event)
    }

    /** For those who cannot wait. */
    fun add(event: WorkflowEvent) {
        for (box in remembered(event)) box.add(event)
    }

    /** A reader who is waited for. */
    fun open(filter: EventFilter): Mailbox = Mailbox(filter, room, isPatient = true).also { synchronized(lock) { boxes = boxes + it } }

    /** Everything from the beginning on; tokens from now on, as far as the reader keeps up. Leaving it changes nothing for the run. */
    fun watch(filter: EventFilter): Flow<WorkflowEvent> = flow {
        val box = Mailbox(filter, room, isPatient = false)
        synchronized(lock) {
            past.forEach(box::add)
            if (isOver) box.close() else boxes = boxes + box
        }
        try {
            emitAll(box.read())
        } finally {
            leave(box)
        }
    }

    fun leave(box: Mailbox) {
        box.close()
        synchronized(lock) { boxes = boxes - box }
    }

    fun close() {
        synchronized(lock) {
            isOver = true
            boxes.forEach(Mailbox::close)
        }
    }

    private fun remembered(event: WorkflowEvent): List<Mailbox> {
        if (!remembers) return boxes
        synchronized(lock) {
            if (event !is WorkflowEvent.Token) past += event
            return boxes
        }
    }
}
