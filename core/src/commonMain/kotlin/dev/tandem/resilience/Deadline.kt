package dev.tandem.resilience

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Timer
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.answerOf
import dev.tandem.platform.Clock
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.TimeSource

/** Ends a call whose own timeout has run out, with everything below it: in failure, unless the whole answer is out. */
internal class Deadline(private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val limit = call.request.options.timeout ?: return next.proceed(call)
        return flow {
            val heard = Heard()
            var isAnswered = false
            // OrNull, since its null can only mean this very timer; an exception might be a timer of the caller's.
            val inTime = Clock.withinOrNull(limit) {
                next.proceed(call.endingAt(clock.markNow() + limit)).collect {
                    heard.hear(it)
                    emit(it)
                    // What is left to do below, such as keeping it, is no longer the caller's.
                    if (answerOf(it) != null) isAnswered = true
                }
            }
            if (inTime == null && !isAnswered) {
                throw TimeLimitException(
                    "$call took longer than its timeout of $limit (TOTAL timer)",
                    Timer.TOTAL,
                    limit,
                    heard.details(call),
                    null,
                )
            }
        }
    }

    /** What a stream has said so far. */
    private class Heard {
        private val text = StringBuilder()
        private val reasoning = StringBuilder()

        fun hear(item: Any?) {
            if (item is ChatEvent.Text) text.append(item.text)
            if (item is ChatEvent.Reasoning) reasoning.append(item.reasoning)
        }

        fun details(call: Call<*>): ErrorDetails {
            val details = ErrorDetails.builder().provider(call.target.name)
            if (text.isNotEmpty() || reasoning.isNotEmpty()) {
                details.partial(ChatResponse.builder(Message.assistant(text.toString(), emptyList(), reasoning.toString())).build())
            }
            return details.build()
        }
    }
}
