package dev.tandem.resilience

import dev.tandem.error.AiException
import dev.tandem.error.OverloadedException
import dev.tandem.error.RateLimitedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Options
import dev.tandem.model.RawRequest
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid

/** Makes a call again that failed before its first item, as long as there is time and not too much is tried again already. */
internal class Retry(private val policy: RetryPolicy, private val obeysLimits: Boolean, private val random: Random) : Middleware {
    private val share = Share(policy.share)

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val isRetried = call.operation.isRetried && (call.request as? RawRequest)?.isRetried != false
        return if (isRetried) retrying(call, next) else next.proceed(call)
    }

    private fun <T> retrying(call: Call<T>, next: Next): Flow<T> = flow {
        share.called()
        var attempt = policy.idempotencyHeader?.let { marked(call, it) } ?: call
        emitRetrying(
            attempt = { number ->
                if (number > 1) attempt = attempt.again()
                next.proceed(attempt)
            },
            pauseAfter = { number, failure -> pauseAfter(attempt, number, failure) },
            failed = { number, failure -> if (failure is AiException) failure.triedTimes(number) else failure },
        )
    }

    /**
     * With the caller's own key, where he has one, and what sets this request apart from the call's others: a conversation grows from
     * one to the next, and each part of many texts has its own.
     */
    @OptIn(ExperimentalUuidApi::class)
    private fun <T> marked(call: Call<T>, header: String): Call<T> {
        val request = call.request
        val own = request.options.headers.entries
            .firstOrNull { it.key.equals(header, ignoreCase = true) }
            ?.value
        val marked = when {
            own == null -> request.withDefaults(Options.builder().header(header, Uuid.random().toString()).build())
            request is ChatRequest -> request.newBuilder().header(header, "$own-${request.messages.size}").build()
            request is EmbeddingRequest -> request.newBuilder().header(header, "$own-${request.inputs.hashCode().toUInt()}").build()
            else -> request
        }
        return call.withRequest(marked)
    }

    /** Null for no more. */
    private fun pauseAfter(call: Call<*>, attempts: Int, failure: Throwable): Duration? {
        val pause = policy.pauseAfter(attempts, failure, random) ?: return null
        if (!hasTime(call, pause) || !(isFree(failure) || share.spend())) return null
        call.tell(CallEvent.Retrying(pause, failure))
        return pause
    }

    /** All of a burst may be refused, and come again one after the other: that is no outage. */
    private fun isFree(failure: Throwable) = obeysLimits && (failure is RateLimitedException || failure is OverloadedException)

    private fun hasTime(call: Call<*>, pause: Duration) = call.timeLeft?.let { it > pause } != false
}
