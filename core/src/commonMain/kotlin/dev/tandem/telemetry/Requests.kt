package dev.tandem.telemetry

import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.answerOf
import dev.tandem.pipeline.usageOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.TimeSource

/** Tells of each request that goes out, and of what became of it. */
internal class Requests(private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> = if (call.isHeard) told(call, next) else next.proceed(call)

    private fun <T> told(call: Call<T>, next: Next): Flow<T> = flow {
        var usage = Usage.NONE
        var answer: Any? = null
        var failure: Throwable? = null
        val sent = clock.markNow()
        call.tell(CallEvent.Sent)
        try {
            next.proceed(call).collect { item ->
                usageOf(item)?.let { usage = it }
                answerOf(item)?.let { answer = it }
                emit(item)
            }
        } catch (e: Throwable) {
            failure = e
            throw e
        } finally {
            call.tell(CallEvent.Returned(sent.elapsedNow(), usage, failure, answer))
        }
    }
}
