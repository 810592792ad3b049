package dev.tandem.resilience

import dev.tandem.error.AiException
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
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.flow
import kotlin.time.TimeSource

/**
 * Ends a call whose own timeout has run out, with everything below it: in failure, unless the whole answer is out. However a call
 * fails, what it has come to is in its failure.
 */
internal class Deadline(private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val limit = call.request.options.timeout ?: return kept(call, next)
        return flow {
            val heard = Heard()
            var isAnswered = false
            // OrNull, since its null can only mean this very timer; an exception might be a timer of the caller's.
            val inTime = Clock.withinOrNull(limit) {
                kept(call.endingAt(clock.markNow() + limit), next).collect {
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

    private fun <T> kept(call: Call<T>, next: Next): Flow<T> =
        next.proceed(call).catch { e -> throw if (e is AiException) call.progress.keptIn(e) else e }

    /** What a stream has said so far. */
    private class Heard {
        private val text = StringBuilder()
        private val reasoning = StringBuilder()

        fun hear(item: Any?) {
            if (item is ChatEvent.Text) text.append(item.text)
            if (item is ChatEvent.Reasoning) reasoning.append(item.reasoning)
            // By then it is one of the steps.
            if (item is ChatEvent.ToolFinished) {
                text.clear()
                reasoning.clear()
            }
        }

        fun details(call: Call<*>): ErrorDetails {
            val isSilent = text.isEmpty() && reasoning.isEmpty()
            val said = if (isSilent) null else Message.assistant(text.toString(), emptyList(), reasoning.toString())
            val details = ErrorDetails.builder().provider(call.target.name)
            call.progress.before(said?.let { ChatResponse.builder(it).build() })?.let(details::partial)
            return details.build()
        }
    }
}
