package dev.tandem.batch

import dev.tandem.resilience.Concurrency
import kotlinx.coroutines.channels.Channel
import kotlin.time.Duration

/** Who may begin. */
internal class Turns(concurrency: Concurrency) {
    /** Guarded by itself. */
    private val slots = concurrency.newSlots()

    /** There may be a free one, and whoever takes it says if there is another. */
    private val freed = Channel<Unit>(Channel.CONFLATED)

    /** Waits until one is free. What it gives goes into [giveBack]. */
    suspend fun take(): Int {
        while (true) {
            synchronized(slots) { if (slots.isFree) return slots.take().also { if (slots.isFree) freed.trySend(Unit) } }
            freed.receive()
        }
    }

    fun giveBack(turn: Int, took: Duration?, wasRefused: Boolean) {
        synchronized(slots) { slots.giveBack(turn, took, wasRefused) }
        freed.trySend(Unit)
    }
}
