package dev.tandem.cache

import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/**
 * One call that many wait for. It belongs to none of them, so any may leave; with the last one it ends. Its items are recorded,
 * and each reader gets them from the first one on at its own pace. When they become too many to be recorded nobody may join
 * any more, and the next is asked for when the slowest reader has come so far.
 */
internal class Flight<T>(private val most: Long, private val weightOf: (T) -> Long) {
    private val lock = platform.newLock()

    /** Guarded by the lock, as all below. Those before [dropped] were seen by everybody. */
    private val items = ArrayDeque<T>()
    private var dropped = 0
    private var weight = 0L
    private var isRecording = true
    private var end: Result<Unit>? = null
    private val readers = LinkedHashSet<Reader>()

    /** Somebody has to pay: who came first, or who stays when he leaves early. Null when it is paid for. */
    private var payer: Reader? = null
    private var work: Job? = null

    /** Counts what has happened, for those who wait for something to happen. */
    private val happened = MutableStateFlow(0L)

    /** A place among the readers; null when it is too late to join. */
    fun join(): Reader? = lock.holding {
        if (!isRecording || (end?.isFailure == true) || (work?.isActive == false && end == null)) return null
        Reader().also {
            readers += it
            if (payer == null && end == null) payer = it
        }
    }

    /**
     * Begins, once, on the caller's own thread as far as it goes without waiting. [whenWhole] gets all items when the readers have
     * them; who reads to the end waits for it, who leaves does not.
     */
    fun begin(scope: CoroutineScope, source: Flow<T>, whenWhole: suspend (List<T>) -> Unit, whenOver: () -> Unit) {
        val job = scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                source.collect(::record)
                finish { Result.success(Unit) }
                wholeOrNull()?.let { whenWhole(it) }
            } catch (e: Throwable) {
                finish { Result.failure(e) }
            }
        }
        lock.holding { work = job }
        job.invokeOnCompletion {
            finish { Result.failure(it ?: CancellationException("the call was cut off")) }
            whenOver()
        }
    }

    private suspend fun record(item: T) {
        lock.holding {
            items += item
            weight += weightOf(item)
            if (weight > most) isRecording = false
            dropSeen()
        }
        tell()
        // As many as fit are on their way to the slowest already.
        if (lock.holding { isBehind() }) happened.first { lock.holding { !isBehind() } }
    }

    private fun isBehind() = !isRecording && weight > most && readers.isNotEmpty()

    private fun wholeOrNull(): List<T>? = lock.holding { items.toList().takeIf { isRecording } }

    private inline fun finish(result: () -> Result<Unit>) {
        lock.holding { if (end == null) end = result() }
        tell()
    }

    private fun tell() = happened.update { it + 1 }

    private fun dropSeen() {
        if (isRecording) return
        val seen = readers.minOfOrNull { it.position } ?: return
        while (dropped < seen) {
            weight -= weightOf(items.removeFirst())
            dropped++
        }
    }

    /** One of those who wait. */
    inner class Reader {
        var position = 0

        /** Reads to the end, and until it is kept. Who does not pay gets items as they are [forOthers]. */
        suspend fun readTo(collector: FlowCollector<T>, forOthers: (T) -> T) {
            try {
                while (true) {
                    val before = happened.value
                    val next = lock.holding { nextOrNull() }
                    if (next != null) {
                        tell()
                        collector.emit(if (lock.holding { payer === this }) next.item else forOthers(next.item))
                        continue
                    }
                    val over = lock.holding { end.takeIf { position == dropped + items.size } }
                    if (over != null) {
                        lock.holding { work }?.join()
                        return over.getOrThrow()
                    }
                    happened.first { it != before }
                }
            } finally {
                leave()
            }
        }

        private fun nextOrNull(): Item<T>? {
            if (position == dropped + items.size) return null
            val item = items[position - dropped]
            position++
            dropSeen()
            return Item(item)
        }

        private fun leave() {
            val abandoned = lock.holding {
                readers -= this
                if (payer === this) payer = if (end == null) readers.firstOrNull() else null
                dropSeen()
                // Ended here and now, so that nobody joins meanwhile.
                work.takeIf { readers.isEmpty() && end == null }?.also { end = Result.failure(CancellationException("all have left")) }
            }
            tell()
            abandoned?.cancel()
        }
    }

    private class Item<T>(val item: T)
}
