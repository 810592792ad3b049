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
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlin.time.TimeSource

/**
 * Ends a call whose own timeout has run out, with everything below it: in failure, unless the whole answer is out. However a call
 * fails, what it has come to is in its failure.
 */
internal class Deadline(private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> = flow {
        val limit = call.request.options.timeout
        val own = call.begun(limit?.let { clock.markNow() + it })
        val all = next.proceed(own).catch { e -> throw if (e is AiException) own.progress.keptIn(e) else e }
        if (limit == null) return@flow emitAll(all)
        val heard = Heard(own)
        var isAnswered = false
        // OrNull, since its null can only mean this very timer; an exception might be a timer of the caller's.
        val inTime = Clock.withinOrNull(limit) {
            all.collect {
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
                heard.details(),
                null,
            )
        }
    }

    /** What a stream has said since the last of the turns that are over. */
    private class Heard(private val call: Call<*>) {
        private val text = StringBuilder()
        private val reasoning = StringBuilder()
        private var steps = 0

        fun hear(item: Any?) {
            forgetSteps()
            if (item is ChatEvent.Text) text.append(item.text)
            if (item is ChatEvent.Reasoning) reasoning.append(item.reasoning)
        }

        fun details(): ErrorDetails {
            forgetSteps()
            val isSilent = text.isEmpty() && reasoning.isEmpty()
            val said = if (isSilent) null else Message.assistant(text.toString(), emptyList(), reasoning.toString())
            val details = ErrorDetails.builder().provider(call.target.name)
            call.progress.before(said?.let { ChatResponse.builder(it).build() })?.let(details::partial)
            return details.build()
        }

        private fun forgetSteps() {
            if (call.progress.steps.size == steps) return
            steps = call.progress.steps.size
            text.clear()
            reasoning.clear()
        }
    }
}
