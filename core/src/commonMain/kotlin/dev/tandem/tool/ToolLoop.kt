package dev.tandem.tool

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.answerOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import kotlin.time.TimeSource

/**
 * Runs the tools that a model asks for, and has it go on, until it asks for none: one call to its caller, several to whoever is
 * below. A tool that is not the client's to run ends it as well: it is the caller's.
 */
internal class ToolLoop(private val clock: TimeSource) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val request = call.request as? ChatRequest ?: return next.proceed(call)
        // Also for tools that the provider runs itself: it may pause, and wants to be told to go on.
        if (request.options.tools.none { it is Tool } && Rounds.TOOLS !in request.options.extra) return next.proceed(call)
        return flow { converse(call, next, Rounds(request, call.progress)) }
    }

    @Suppress("UNCHECKED_CAST")
    private suspend fun <T> FlowCollector<T>.converse(call: Call<T>, next: Next, rounds: Rounds) {
        val isStream = call.operation === Operation.STREAM
        val runner = ToolRunner(rounds, { call.tell(it) }, clock)
        var answer = ask(call, next, rounds)
        while (rounds.goOnAfter(answer)) {
            val results = Results(answer.toolCalls)
            try {
                runner.run(results) { if (isStream) emit(it as T) }
            } finally {
                // Also when the time is over: what was done was done.
                rounds.add(answer, results.messages)
            }
            results.ending?.let { throw it }
            answer = ask(call, next, rounds)
        }
        val whole = rounds.whole(answer)
        emit((if (isStream) ChatEvent.Completed(whole) else whole) as T)
    }

    /** One round: hands out what is said, and keeps back the answer that it comes to. */
    private suspend fun <T> FlowCollector<T>.ask(call: Call<T>, next: Next, rounds: Rounds): ChatResponse {
        var answer: ChatResponse? = null
        next
            .proceed(call.withRequest(rounds.request()))
            .collect { item ->
                answer = answerOf(item) as? ChatResponse
                if (answer == null) emit(rounds.inAll(item))
            }
        return checkNotNull(answer) { "${call.target.name} has ended a stream well, and without an answer" }
    }
}
