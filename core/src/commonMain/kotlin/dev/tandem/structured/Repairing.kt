package dev.tandem.structured

import dev.tandem.error.ErrorDetails
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.ToolChoice
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.Total
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.single

/** Tells the model what is wrong with a typed answer, until it fits or was told often enough. Of a stream something is out already. */
internal object Repairing : Middleware {
    private const val USUAL = 2

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val request = call.request as? ChatRequest
        val wanted = request?.options?.responseFormat as? Wanted<*> ?: return next.proceed(call)
        if (call.operation !== Operation.CHAT) {
            return next.proceed(call).onEach { item ->
                val response = (item as? ChatEvent.Completed)?.response ?: return@onEach
                wanted.wrongIn(response)?.let { throw wanted.failure(response, it, detailsOf(call)) }
            }
        }
        return flow {
            val most = request.options.repairs ?: USUAL
            val total = Total()
            val steps = mutableListOf<Message>()
            var asked: ChatRequest = request
            for (repairs in 0..most) {
                val item = next.proceed(call.withRequest(asked)).single()
                val response = item as? ChatResponse ?: return@flow emit(item)
                total.add(response.usage, response.isCached)
                steps += response.steps
                val whole = if (repairs == 0) response else summed(response, repairs, steps, total)
                val wrong = wanted.wrongIn(response)
                if (wrong == null) {
                    @Suppress("UNCHECKED_CAST")
                    return@flow emit(whole as T)
                }
                if (repairs == most || wanted.isHopeless(response)) throw wanted.failure(whole, wrong, detailsOf(call))
                call.progress.steps = steps.toList()
                call.progress.paid = total.paid
                asked = freeToAnswer(wanted.repairing(request, steps, response, wrong))
            }
        }
    }

    private fun detailsOf(call: Call<*>) = ErrorDetails.builder().provider(call.target.name)

    private fun summed(response: ChatResponse, repairs: Int, steps: List<Message>, total: Total): ChatResponse = response
        .inConversation(steps, total.usage, total.isCached)
        .newBuilder()
        .metadata(Wanted.REPAIRS, repairs.toString())
        .rateLimits(response.rateLimits)
        .build()

    /** A tool that had to be called was. */
    private fun freeToAnswer(request: ChatRequest): ChatRequest {
        val choice = request.options.toolChoice
        return if (choice == null || choice == ToolChoice.NONE) request else request.newBuilder().toolChoice(ToolChoice.AUTO).build()
    }
}
