package dev.tandem.resilience

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.nanoseconds

/** A place in a line, of somebody who has time until [end]. Only the first in it looks whether it may go. */
internal class Place(val tokens: Long, val end: Long) {
    private val calls = Channel<Unit>(Channel.CONFLATED)

    /** Look again: you are the first now, or something has changed. */
    fun call() {
        calls.trySend(Unit)
    }

    /** Until somebody calls, or so many nanoseconds have passed: a pause, and no time limit, for whoever tells them apart. */
    suspend fun await(nanos: Long) {
        if (nanos == Cooldown.FOREVER) return calls.receive()
        coroutineScope {
            val pause = launch {
                delay(nanos.nanoseconds)
                call()
            }
            calls.receive()
            pause.cancel()
        }
    }
}
