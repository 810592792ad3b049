package dev.tandem.resilience

import dev.tandem.accounting.TokenCounter
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Target
import dev.tandem.pipeline.answerOf
import dev.tandem.pipeline.rateLimitsOf
import dev.tandem.pipeline.usageOf
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** Sends each call through the gate of its model, and tells the gate what came of it. */
internal class Gates(
    private val limit: RateLimit,
    private val concurrency: Concurrency?,
    private val counter: TokenCounter,
    private val sharing: Sharing?,
    private val obeys: Boolean,
    private val clock: TimeSource.WithComparableMarks,
) : Middleware {
    private val gates = HashMap<Target, HashMap<String?, ModelGate>>()
    private val lock = platform.newLock()

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (!call.operation.asksModel) return next.proceed(call)
        return flow {
            val gate = gateOf(call)
            val turn = gate.enter(call)
            var usage: Usage? = null
            var isAnswered = false
            var isWhole = false
            var wasRefused = false
            try {
                if (turn.waited > NOTICEABLE) call.tell(CallEvent.Waited(turn.waited))
                call.went()
                emitWatched(
                    next.proceed(call),
                    seen = { item ->
                        if (!isAnswered) turn.pass.answered()
                        isAnswered = true
                        usageOf(item)?.let { usage = it }
                        rateLimitsOf(item)?.let(gate::heard)
                        if (answerOf(item) != null) isWhole = true
                    },
                    failed = { wasRefused = gate.failed(turn, it) },
                )
            } finally {
                // What a stream had said of its usage before it was cut is not all of it.
                gate.end(turn, usage.takeIf { isWhole }, wasRefused)
            }
        }
    }

    private fun gateOf(call: Call<*>): ModelGate = lock.holding {
        val model = call.request.options.model
        gates.getOrPut(call.target, ::HashMap).getOrPut(model) {
            ModelGate("${call.target.name}/${model.orEmpty()}", limit, concurrency, counter, sharing, obeys, clock)
        }
    }

    private companion object {
        val NOTICEABLE = 1.milliseconds
    }
}
