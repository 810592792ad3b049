package dev.tandem.error

import dev.tandem.model.ChatResponse
import dev.tandem.model.RateLimits
import kotlin.concurrent.Volatile
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/**
 * A call that gave no whole answer. The type says what to do next, the fields what is known. All four calling styles
 * throw the same object: coroutines and blocking calls as it is, futures as the cause, publishers to `onError`.
 *
 * Not here: arguments out of range ([IllegalArgumentException]), use after close ([IllegalStateException]) and
 * cancellation.
 */
public sealed class AiException(message: String, details: ErrorDetails, cause: Throwable?) : RuntimeException(message, cause) {
    /** All that is known besides the type. */
    @Volatile public var details: ErrorDetails = details
        private set

    /** Whether the same call may succeed later, unchanged. The provider's word on it counts more than the type's. */
    public val isRetryable: Boolean get() = details.isRetryable ?: mayWorkLater

    /** Whether that is so by the nature of the failure. */
    protected abstract val mayWorkLater: Boolean

    /** The HTTP status, when there was an answer at all. */
    public val status: Int? get() = details.status

    /** The provider's own error code. */
    public val code: String? get() = details.code

    /** The provider's name for this very call: quote it to its support. */
    public val requestId: String? get() = details.requestId

    /** The beginning of what the server sent. */
    public val excerpt: String? get() = details.excerpt

    /** As much of the answer as had arrived. */
    public val partial: ChatResponse? get() = details.partial

    /** How often the call was tried in all. */
    public val attempts: Int get() = details.attempts

    /** What is left of the provider's limits, when it says so. */
    public val rateLimits: RateLimits? get() = details.rateLimits

    /** How long the provider asks us to wait, or null. */
    @get:JvmSynthetic
    public val retryAfter: Duration? get() = details.retryAfter

    /** How long the provider asks us to wait, in milliseconds, or null. */
    public val retryAfterMillis: Long? get() = details.retryAfter?.inWholeMilliseconds

    /** For whoever knows more of the answer than whoever failed. */
    @JvmSynthetic
    internal fun withPartial(partial: ChatResponse): AiException = apply { details = details.withPartial(partial) }

    /** For whoever has tried again and again, and gives up now. */
    @JvmSynthetic
    internal fun triedTimes(attempts: Int): AiException = apply {
        if (attempts != details.attempts) details = details.newBuilder().attempts(attempts).build()
    }
}
