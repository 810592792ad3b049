package dev.tandem.resilience

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.Target
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ChannelResult
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.onTimeout
import kotlinx.coroutines.selects.select
import kotlin.time.Duration
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** Makes a call that takes long once more, beside itself. Neither runs ahead of its reader by more than an item. */
@OptIn(ExperimentalCoroutinesApi::class)
internal class Hedge(private val settings: Hedging, private val clock: TimeSource) : Middleware {
    private val usual = HashMap<Kind, UsualTime>()
    private val lock = platform.newLock()
    private val share = Share(settings.share)

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (!call.operation.asksModel) return next.proceed(call)
        return flow {
            share.called()
            coroutineScope {
                val winner = winnerOf(call, next)
                var item = winner.first
                while (!item.isClosed) {
                    emit(item.getOrThrow())
                    item = winner.attempt.items.receiveCatching()
                }
                item.exceptionOrNull()?.let { throw it }
            }
        }
    }

    private suspend fun <T> CoroutineScope.winnerOf(call: Call<T>, next: Next): Winner<T> {
        val usual = usualOf(call)
        val going = CompletableDeferred<TimeMark>()
        val one = begin(call.watched { going.complete(clock.markNow()) }, next)
        val inTime = one.items.firstWithin(settings.after ?: usual.ofMost ?: Duration.INFINITE, going)
        val winner = if (inTime != null || !share.spend()) {
            Winner(one, inTime ?: one.items.receiveCatching())
        } else {
            call.tell(CallEvent.Hedged)
            race(one, begin(call.beside(), next))
        }
        if (winner.first.isSuccess && going.isCompleted) usual.add(going.await().elapsedNow())
        return winner
    }

    /** Null when it takes longer. The time that counts begins when the call has its turn: one more in the line would be no faster. */
    private suspend fun <T> ReceiveChannel<T>.firstWithin(patience: Duration, going: Deferred<*>): ChannelResult<T>? {
        val first = tryReceive()
        if (first.isSuccess || first.isClosed) return first
        val early: ChannelResult<T>? = select {
            onReceiveCatching { it }
            going.onAwait { null }
        }
        return early ?: select {
            onReceiveCatching { it }
            onTimeout(patience) { null }
        }
    }

    private fun usualOf(call: Call<*>) = lock.holding {
        usual.getOrPut(Kind(call.operation, call.target, call.request.options.model), ::UsualTime)
    }

    private suspend fun <T> race(one: Attempt<T>, other: Attempt<T>): Winner<T> {
        val faster = select {
            one.items.onReceiveCatching { Winner(one, it) }
            other.items.onReceiveCatching { Winner(other, it) }
        }
        val slower = if (faster.attempt === one) other else one
        if (!faster.hasFailed) {
            // It may have a slot, or a place in a line, that others wait for.
            slower.job.cancelAndJoin()
            return faster
        }
        // What the slower one says counts, unless it fails as well: then it is the failure that came first.
        val second = Winner(slower, slower.items.receiveCatching())
        return if (second.hasFailed) faster else second
    }

    /** A failure ends its items and nothing else; after the race nobody hears of it. */
    private fun <T> CoroutineScope.begin(call: Call<T>, next: Next): Attempt<T> {
        val items = Channel<T>(1)
        val job = launch(start = CoroutineStart.UNDISPATCHED) {
            val failure = runCatching { next.proceed(call).collect(items::send) }.exceptionOrNull()
            items.close(failure)
        }
        return Attempt(items, job)
    }

    private class Attempt<T>(val items: ReceiveChannel<T>, val job: Job)

    private class Winner<T>(val attempt: Attempt<T>, val first: ChannelResult<T>) {
        val hasFailed: Boolean get() = first.exceptionOrNull() != null
    }

    /** Calls that may be thought to take the same time. */
    private data class Kind(val operation: Operation<*>, val target: Target, val model: String?)
}
