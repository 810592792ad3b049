package dev.tandem.resilience

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.error.TimeLimitException.Timer
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withTimeoutOrNull

/** Ends a call whose own timeout has run out, with everything below it. */
internal class Deadline : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val limit = call.request.options.timeout ?: return next.proceed(call)
        return flow {
            // OrNull, since its null can only mean this very timer; an exception might be a timer of the caller's.
            withTimeoutOrNull(limit) { next.proceed(call).collect { emit(it) } }
                ?: throw TimeLimitException(
                    "$call took longer than its timeout of $limit",
                    Timer.TOTAL,
                    limit,
                    ErrorDetails.builder().provider(call.target.name).build(),
                    null,
                )
        }
    }
}
