package dev.tandem.temporal

import kotlin.time.Duration
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** What the workflows of this process have asked for, until the activity comes that is to do it. */
internal class Actions(private val patience: Duration, private val clock: TimeSource) {
    private class Offer(val action: Action, val until: TimeMark)

    /** Guarded by itself, the oldest first. */
    private val offers = LinkedHashMap<String, Offer>()
    private var isClosed = false

    fun offer(token: String, action: Action): Unit = synchronized(offers) {
        // Temporal has given these to somebody else, or to nobody: the workflow was ended, say.
        val old = offers.values.iterator()
        while (old.hasNext() && old.next().until.hasPassedNow()) old.remove()
        offers.remove(token)
        offers[token] = Offer(action, clock.markNow() + patience)
    }

    /** Null where this process does not know it. */
    fun take(token: String): Action? = synchronized(offers) { if (isClosed) null else offers.remove(token)?.action }

    fun close(): Unit = synchronized(offers) {
        isClosed = true
        offers.clear()
    }

    val size: Int get() = synchronized(offers) { offers.size }
}
