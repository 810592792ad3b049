package dev.tandem.structured

import dev.tandem.model.ChatRequest
import dev.tandem.model.ResponseFormat
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.FormatSupport
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow

/** Asks each target for a typed answer in the way that it knows. */
internal object Asking : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val request = call.request as? ChatRequest
        val wanted = request?.options?.responseFormat as? Wanted<*> ?: return next.proceed(call)
        val asked = when (call.target.supportFor(request)) {
            FormatSupport.SCHEMA -> request
            FormatSupport.UNSEEN_SCHEMA -> wanted.told(request, wanted)
            FormatSupport.JSON -> wanted.told(request, ResponseFormat.JSON)
            FormatSupport.NONE -> wanted.told(request, null)
        }
        return next.proceed(call.withRequest(asked))
    }
}
