package dev.tandem.resilience

import dev.tandem.error.AiException
import dev.tandem.error.NotSentException
import dev.tandem.model.Options
import dev.tandem.model.TandemDsl
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.single
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.math.pow
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** How often, and after which pauses, something that failed is tried again. */
public class RetryPolicy private constructor(from: Builder) {
    /** In all, the first one included. */
    public val maxAttempts: Int = from.maxAttempts

    /** After the first failure. */
    @get:JvmSynthetic
    public val firstPause: Duration = from.firstPause

    /** No pause of our own is longer. */
    @get:JvmSynthetic
    public val maxPause: Duration = from.maxPause

    /** Each pause is so many times as long as the one before. */
    public val factor: Double = from.factor

    /** How much of a pause is left to chance. */
    public val jitter: Jitter = from.jitter

    /** The longest pause that a provider may ask for; when it asks for more, the call fails now. */
    @get:JvmSynthetic
    public val maxRetryAfter: Duration = from.maxRetryAfter

    /** How many retries a client makes for each call, on the average. */
    public val share: Double = from.share

    /** The header by which a server tells that it has had a request before; null for none. */
    public val idempotencyHeader: String? = from.idempotencyHeader
    private val others: (Throwable) -> Boolean = from.others

    /** Whether [Builder.retryIf] has a say in it: code, which no file and no other process can be told. */
    public val hasRetryIf: Boolean get() = others !== NO_OTHERS

    /** Runs [work] until it succeeds, is not to be tried again, or has failed [maxAttempts] times. It is told which attempt it is. */
    public suspend fun <T> run(work: suspend (attempt: Int) -> T): T {
        val result = flow { emitRetrying({ number -> flow { emit(work(number)) } }, { n, e -> pauseAfter(n, e, Random) }, { _, e -> e }) }
        return result.single()
    }

    /** The same, which tries these failures again as well. */
    public fun alsoIf(isWorthIt: (Throwable) -> Boolean): RetryPolicy {
        val usual = others
        return RetryPolicy(
            Builder()
                .maxAttempts(maxAttempts)
                .jitter(jitter)
                .factor(factor)
                .share(share)
                .retryIf { usual(it) || isWorthIt(it) }
                .also {
                    it.firstPause = firstPause
                    it.maxPause = maxPause
                    it.maxRetryAfter = maxRetryAfter
                    it.idempotencyHeader = idempotencyHeader
                },
        )
    }

    /** [source] collected anew when it fails before its first item. */
    public fun <T> around(source: Flow<T>): Flow<T> = flow { emitRetrying({ source }, { n, e -> pauseAfter(n, e, Random) }, { _, e -> e }) }

    /** The pause after so many attempts, of which the last failed by [failure]; by chance where there is [jitter]. Null for no more. */
    @JvmSynthetic
    internal fun pauseAfter(attempts: Int, failure: Throwable, random: Random): Duration? {
        if (attempts >= maxAttempts || !covers(failure)) return null
        val asked = (failure as? AiException)?.retryAfter ?: Duration.ZERO
        return maxOf(pauseAfter(attempts, random), asked)
    }

    @JvmSynthetic
    internal fun pauseAfter(attempts: Int, random: Random): Duration =
        jitter.of((firstPause * factor.pow(attempts - 1).coerceAtMost(ENOUGH)).coerceAtMost(maxPause), random)

    /** What this client itself refuses it would refuse again; a provider that asks for more patience than we have gets none. */
    private fun covers(failure: Throwable): Boolean = when (failure) {
        is NotSentException -> others(failure)
        is AiException -> (failure.isRetryable || others(failure)) && (failure.retryAfter ?: Duration.ZERO) <= maxRetryAfter
        else -> others(failure)
    }

    override fun toString(): String = "RetryPolicy(at most $maxAttempts attempts, pauses $firstPause x $factor up to $maxPause)"

    /** The settings of a client's retries. A value out of range is refused the moment it is set. */
    @TandemDsl
    public class Builder internal constructor() {
        /** In all, the first one included; 1 for never again. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxAttempts: Int = 3
            set(value) {
                require(value >= 1) { "maxAttempts must be at least 1, which is no retry, but is $value" }
                field = value
            }

        /** After the first failure; each one after that is [factor] times as long. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var firstPause: Duration = 500.milliseconds
            set(value) {
                require(!value.isNegative() && value.isFinite()) { "firstPause must not be negative, but is $value" }
                field = value
            }

        /** No pause of our own is longer. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxPause: Duration = 8.seconds
            set(value) {
                require(!value.isNegative() && value.isFinite()) { "maxPause must not be negative, but is $value" }
                field = value
            }

        /** Each pause is so many times as long as the one before, at least 1. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var factor: Double = 2.0
            set(value) {
                require(value >= 1 && value.isFinite()) { "factor must be at least 1, but is $value" }
                field = value
            }

        /** How much of a pause is left to chance, so that callers who failed together do not come again together. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var jitter: Jitter = Jitter.HALF

        /** The longest pause that a provider may ask for. When it asks for more, the call fails now, and says how long. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxRetryAfter: Duration = 60.seconds
            set(value) {
                require(!value.isNegative()) { "maxRetryAfter must not be negative, but is $value" }
                field = value
            }

        /**
         * How many retries a client makes for each call, on the average. In an outage all calls fail, and to try each of
         * them again would only keep the provider down. What a provider refuses for the sake of its limits does not count: that
         * comes again one after the other.
         */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var share: Double = 0.2
            set(value) {
                require(value >= 0 && value.isFinite()) { "share must not be negative, but is $value" }
                field = value
            }

        /**
         * The header by which a server tells that it has had a request before, such as `Idempotency-Key`: all attempts of a call
         * carry the same value in it. A call that brings this header itself keeps its value, and each of its requests, of which
         * tools and repairs take several, has one of its own behind it: the same again when the same call is made once more. None of
         * the providers that this library knows has one; gateways before them may.
         */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var idempotencyHeader: String? = null
            set(value) {
                if (value != null) Options.builder().header(value, "1")
                field = value
            }

        @get:JvmSynthetic
        internal var others: (Throwable) -> Boolean = NO_OTHERS

        /** Which failures are tried again besides those that say themselves that they may be: `retryIf { it is IOException }`. */
        public fun retryIf(isWorthIt: (Throwable) -> Boolean): Builder = apply { others = isWorthIt }

        /** In all, the first one included; 1 for never again. */
        public fun maxAttempts(attempts: Int): Builder = apply { maxAttempts = attempts }

        /** After the first failure; each one after that is [factor] times as long. */
        public fun firstPauseMillis(millis: Long): Builder = apply { firstPause = millis.milliseconds }

        /** No pause of our own is longer. */
        public fun maxPauseMillis(millis: Long): Builder = apply { maxPause = millis.milliseconds }

        /** Each pause is so many times as long as the one before, at least 1. */
        public fun factor(factor: Double): Builder = apply { this.factor = factor }

        /** How much of a pause is left to chance. */
        public fun jitter(jitter: Jitter): Builder = apply { this.jitter = jitter }

        /** The longest pause that a provider may ask for. */
        public fun maxRetryAfterMillis(millis: Long): Builder = apply { maxRetryAfter = millis.milliseconds }

        /** How many retries a client makes for each call, on the average. */
        public fun share(share: Double): Builder = apply { this.share = share }

        /** The header by which a server tells that it has had a request before, such as `Idempotency-Key`; null for none. */
        public fun idempotencyHeader(name: String?): Builder = apply { idempotencyHeader = name }

        /** What is set later does not change it. */
        public fun build(): RetryPolicy = RetryPolicy(this)
    }

    public companion object {
        /** Times any pause it is more than anybody waits, and times none it is none. */
        private const val ENOUGH = 1e12

        private val NO_OTHERS: (Throwable) -> Boolean = { false }

        /** What every client does that is not told otherwise. */
        @JvmField public val DEFAULT: RetryPolicy = Builder().build()

        /** One attempt. */
        @JvmField public val NONE: RetryPolicy = Builder().maxAttempts(1).build()

        /** Begins with [DEFAULT]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
