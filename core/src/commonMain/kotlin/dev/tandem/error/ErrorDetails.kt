package dev.tandem.error

import dev.tandem.model.ChatResponse
import dev.tandem.model.RateLimits
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** What is known about a failure besides its type. Holds no credential and no prompt. */
public class ErrorDetails private constructor(from: Builder) {
    /** Who was asked. */
    public val provider: String? = from.provider

    /** The HTTP status, when there was an answer at all. */
    public val status: Int? = from.status

    /** The provider's own error code. */
    public val code: String? = from.code

    /** The provider's name for this very call: quote it to its support. */
    public val requestId: String? = from.requestId

    /** The beginning of what the server sent. */
    public val excerpt: String? = from.excerpt

    /** As much of the answer as had arrived. */
    public val partial: ChatResponse? = from.partial

    /** How often the call was tried in all. */
    public val attempts: Int = from.attempts

    /** What is left of the provider's limits, when it says so. */
    public val rateLimits: RateLimits? = from.rateLimits

    /** The provider's own word on whether to try again. */
    public val isRetryable: Boolean? = from.isRetryable

    @get:JvmSynthetic
    internal val retryAfter: Duration? = from.retryAfter

    @JvmSynthetic
    internal fun newBuilder(): Builder = Builder().also {
        it.provider = provider
        it.status = status
        it.code = code
        it.requestId = requestId
        it.excerpt = excerpt
        it.partial = partial
        it.retryAfter = retryAfter
        it.attempts = attempts
        it.rateLimits = rateLimits
        it.isRetryable = isRetryable
    }

    /** The same failure, with as much of the answer as had arrived. */
    public fun withPartial(partial: ChatResponse): ErrorDetails = newBuilder().partial(partial).build()

    /** For providers. */
    public class Builder internal constructor() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var provider: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var status: Int? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var code: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var requestId: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var excerpt: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var partial: ChatResponse? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var retryAfter: Duration? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var attempts = 1

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var rateLimits: RateLimits? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var isRetryable: Boolean? = null

        /** Who was asked. */
        public fun provider(provider: String?): Builder = apply { this.provider = provider }

        /** The HTTP status; null where there was no answer. */
        public fun status(status: Int?): Builder = apply { this.status = status }

        /** The provider's own error code. */
        public fun code(code: String?): Builder = apply { this.code = code }

        /** The provider's name for this very call. */
        public fun requestId(requestId: String?): Builder = apply { this.requestId = requestId }

        /** The beginning of what the server sent; no key and no prompt may be in it. */
        public fun excerpt(excerpt: String?): Builder = apply { this.excerpt = excerpt }

        /** As much of the answer as had arrived. */
        public fun partial(partial: ChatResponse?): Builder = apply { this.partial = partial }

        /** How often the call was tried in all; 1 unless set. */
        public fun attempts(attempts: Int): Builder = apply { this.attempts = attempts }

        /** What is left of the provider's limits. */
        public fun rateLimits(limits: RateLimits?): Builder = apply { rateLimits = limits }

        /** The provider's own word on whether to try again; null leaves that to the type of the exception. */
        public fun isRetryable(isRetryable: Boolean?): Builder = apply { this.isRetryable = isRetryable }

        /** How long the provider wants not to be asked. */
        public fun retryAfterMillis(millis: Long?): Builder = retryAfter(millis?.milliseconds)

        @JvmSynthetic
        internal fun retryAfter(retryAfter: Duration?): Builder = apply { this.retryAfter = retryAfter }

        /** What is set later does not change it. */
        public fun build(): ErrorDetails = ErrorDetails(this)
    }

    public companion object {
        /** Nothing is known besides the type. */
        @JvmField public val NONE: ErrorDetails = Builder().build()

        /** Begins with [NONE]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
