package dev.tandem

import dev.tandem.error.ErrorDetails
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatRequest
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Pipeline
import dev.tandem.structured.Asking
import dev.tandem.tool.Tool
import kotlinx.coroutines.flow.Flow

/** What is left of the way of a chat that somebody else will bring to the provider, and what cannot be kept on such a way. */
internal class Writing(from: ClientBuilder<*>) : Middleware {
    private val broken = when {
        from.masking != null -> "masking, which nobody would undo in the answer"
        from.budgets.isNotEmpty() -> "a budget, which nobody would watch"
        else -> null
    }
    val pipeline = Pipeline(from.middleware + this + Asking)

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val tool = (call.request as ChatRequest).options.tools.firstOrNull { it is Tool }
        val why = broken?.let { "this client has $it: make another client for it" }
            ?: tool?.let { "nobody would run the tool '${it.name}': leave it out, or give a ToolDefinition and run it yourself" }
            ?: return next.proceed(call)
        throw NotSupportedException(
            "${call.target.name}: this chat would be sent by somebody else, and $why",
            ErrorDetails.builder().provider(call.target.name).build(),
        )
    }
}
