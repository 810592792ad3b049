package dev.tandem.testing.script

import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Runnable
import java.util.PriorityQueue
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.thread
import kotlin.concurrent.withLock
import kotlin.coroutines.CoroutineContext
import kotlin.time.AbstractLongTimeSource
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.DurationUnit
import kotlin.time.TimeSource

/** One thread that does what is ready, and skips the time until the next pause is over when nothing is. */
@OptIn(InternalCoroutinesApi::class, ExperimentalCoroutinesApi::class)
internal class SkippingDispatcher :
    CoroutineDispatcher(),
    Delay,
    AutoCloseable {
    private class Due(val at: Long, val number: Long, val isPause: Boolean, val task: Runnable)

    private val lock = ReentrantLock()
    private val changed = lock.newCondition()
    private val ready = ArrayDeque<Runnable>()
    private val later = PriorityQueue(compareBy<Due> { it.at }.thenBy { it.number })
    private var pauses = 0
    private var numbers = 0L
    private var isClosed = false

    @Volatile private var now = 0L

    val clock: TimeSource.WithComparableMarks = object : AbstractLongTimeSource(DurationUnit.NANOSECONDS) {
        override fun read(): Long = now
    }

    val elapsed: Duration get() = now.nanoseconds

    init {
        thread(isDaemon = true, name = "tandem-virtual-time") { while (true) (next() ?: break).run() }
    }

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        lock.withLock {
            ready += block
            changed.signal()
        }
    }

    override fun scheduleResumeAfterDelay(timeMillis: Long, continuation: CancellableContinuation<Unit>) {
        val pause = add(timeMillis, isPause = true) { with(continuation) { resumeUndispatched(Unit) } }
        continuation.invokeOnCancellation { remove(pause) }
    }

    /** A timeout is no pause: it rings when pauses have brought its time, and nobody who is at work is hurried by it. */
    override fun invokeOnTimeout(timeMillis: Long, block: Runnable, context: CoroutineContext): DisposableHandle {
        val timeout = add(timeMillis, isPause = false, block)
        return DisposableHandle { remove(timeout) }
    }

    override fun close(): Unit = lock.withLock {
        isClosed = true
        changed.signal()
    }

    /** Waits for something to do; null at the end. */
    private fun next(): Runnable? = lock.withLock {
        while (!isClosed) {
            ready.removeFirstOrNull()?.let { return it }
            if (pauses > 0) return skip()
            changed.await()
        }
        return null
    }

    private fun skip(): Runnable {
        val due = later.remove()
        if (due.isPause) pauses--
        now = maxOf(now, due.at)
        return due.task
    }

    private fun add(millis: Long, isPause: Boolean, task: Runnable): Due = lock.withLock {
        val nanos = millis.coerceIn(0, LONGEST_MILLIS) * NANOS_PER_MILLI
        Due(now + nanos, numbers++, isPause, task).also {
            later += it
            if (isPause) pauses++
            changed.signal()
        }
    }

    private fun remove(due: Due): Unit = lock.withLock {
        if (later.remove(due) && due.isPause) pauses--
    }

    private companion object {
        const val NANOS_PER_MILLI = 1_000_000L

        /** A century: what is longer is for ever. */
        const val LONGEST_MILLIS = 100L * 365 * 24 * 3600 * 1000
    }
}
