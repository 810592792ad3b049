package dev.tandem.telemetry

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import dev.tandem.telemetry.Ledger.Outcome
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.TimeSource

/** Books every call. Warming up is none. */
internal class Observe(private val ledger: Ledger, private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (call.operation === Operation.WARM_UP) return next.proceed(call)
        return flow {
            var usage = Usage.NONE
            var outcome = Outcome.SUCCESS
            val started = clock.markNow()
            ledger.started()
            try {
                next.proceed(call).collect { item ->
                    usageOf(item)?.let { usage = it }
                    emit(item)
                }
            } catch (e: Throwable) {
                // Its own, or that of whoever collects: neither is changed.
                outcome = if (e is CancellationException) Outcome.CANCELLED else Outcome.FAILURE
                throw e
            } finally {
                ledger.ended(outcome, started.elapsedNow(), usage)
            }
        }
    }

    private fun usageOf(item: Any?): Usage? = when (item) {
        is ChatResponse -> item.usage
        is ChatEvent.UsageUpdate -> item.usage
        is ChatEvent.Completed -> item.response.usage
        is EmbeddingResponse -> item.usage
        else -> null
    }
}
