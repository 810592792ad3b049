package dev.tandem.bench.coroutines

import dev.tandem.bench.CallTally
import dev.tandem.bench.Contender
import dev.tandem.bench.StreamTally
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.util.concurrent.atomic.AtomicInteger

/** A client of suspend functions and flows, in a program whose coroutines run on [Dispatchers.Default]. */
abstract class SuspendContender : Contender {
    /** The text of the answer. */
    protected abstract suspend fun call(prompt: String): String

    protected abstract fun deltas(prompt: String): Flow<String>

    final override fun calls(prompt: String, count: Int, atOnce: Int, tally: CallTally): Unit = runBlocking(Dispatchers.Default) {
        val left = AtomicInteger(count)
        repeat(atOnce) {
            launch { while (left.getAndDecrement() > 0) time(prompt, tally) }
        }
    }

    final override fun streams(prompt: String, count: Int, tally: StreamTally): Unit = runBlocking(Dispatchers.Default) {
        repeat(count) {
            launch { read(prompt, tally.open()) }
        }
    }

    private suspend fun time(prompt: String, tally: CallTally) {
        val begun = tally.begin()
        try {
            tally.done(begun, call(prompt))
        } catch (e: Exception) {
            tally.failed(e)
        }
    }

    private suspend fun read(prompt: String, reader: StreamTally.Reader) {
        try {
            deltas(prompt).collect { reader.accept(it) }
            reader.ended()
        } catch (e: Exception) {
            reader.failed(e)
        }
    }
}
