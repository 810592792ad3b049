package dev.tandem.telemetry

import dev.tandem.accounting.Books
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.answerOf
import dev.tandem.pipeline.isCached
import dev.tandem.pipeline.usageOf
import dev.tandem.telemetry.Ledger.Outcome
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.Duration
import kotlin.time.TimeSource

/** Counts every call, and tells of its beginning and its end. Warming up is none. */
internal class Observe(private val ledger: Ledger, private val books: Books, private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (call.operation === Operation.WARM_UP) return next.proceed(call)
        return flow {
            var usage = Usage.NONE
            var answer: Any? = null
            var end: CallEvent? = null
            var first: Duration? = null
            val started = clock.markNow()
            ledger.started()
            call.tell(CallEvent.Started)
            try {
                next.proceed(call).collect { item ->
                    if (first == null) first = started.elapsedNow().also { call.tell(CallEvent.FirstItem(it)) }
                    usageOf(item)?.let { usage = if (item.isCached()) Usage.NONE else it }
                    answerOf(item)?.let { answer = it }
                    emit(item)
                }
                end = CallEvent.Completed(started.elapsedNow(), usage, answer) { books.usdOf(call.bill) }
            } catch (e: Throwable) {
                // Its own, or that of whoever collects: neither is changed.
                val took = started.elapsedNow()
                end = if (e is CancellationException) CallEvent.Cancelled(took) else CallEvent.Failed(took, e)
                throw e
            } finally {
                val took = started.elapsedNow()
                ledger.ended(outcomeOf(end), took, first, usage)
                end?.let(call::tell)
            }
        }
    }

    private fun outcomeOf(end: CallEvent?) = when (end) {
        is CallEvent.Completed -> Outcome.SUCCESS
        is CallEvent.Cancelled -> Outcome.CANCELLED
        else -> Outcome.FAILURE
    }
}
