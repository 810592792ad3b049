package dev.tandem.batch

import dev.tandem.resilience.Concurrency
import kotlinx.coroutines.channels.Channel
import kotlin.time.Duration

/** Who may begin: one asks, many give back. */
internal class Turns(concurrency: Concurrency) {
    /** Guarded by itself. */
    private val slots = concurrency.newSlots()
    private val freed = Channel<Unit>(Channel.CONFLATED)

    /** Waits until one is free. What it gives goes into [giveBack]. */
    suspend fun take(): Int {
        while (true) {
            synchronized(slots) { if (slots.isFree) return slots.take() }
            freed.receive()
        }
    }

    fun giveBack(turn: Int, took: Duration?, wasRefused: Boolean) {
        synchronized(slots) { slots.giveBack(turn, took, wasRefused) }
        freed.trySend(Unit)
    }
}
