package dev.tandem.resilience

import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/** The windows of one [RateLimit], as one. Not for several threads at once. */
internal class Rates private constructor(private val requests: Window?, private val tokens: Window?) {
    constructor(
        limit: RateLimit,
    ) : this(limit.requestsPerMinute?.let { Window(it.toLong(), WINDOW) }, limit.tokensPerMinute?.let { Window(it, WINDOW) })

    /** The most tokens that one request may be thought to have. */
    val mostTokens: Long get() = tokens?.limit ?: Long.MAX_VALUE

    /** How long after [now], in nanoseconds, a request of so many tokens may go. */
    fun waitFor(tokens: Long, now: Long): Long = maxOf(requests?.waitFor(1, now) ?: 0, this.tokens?.waitFor(tokens, now) ?: 0)

    fun grant(tokens: Long, now: Long): Window.Grant? {
        requests?.grant(1, now)
        return this.tokens?.grant(tokens, now)
    }

    fun correct(grant: Window.Grant, tokens: Long, now: Long) {
        this.tokens?.correct(grant, tokens, now)
    }

    fun copy(): Rates = Rates(requests?.copy(), tokens?.copy())

    private companion object {
        /** What leaves here a minute after something else may take less time to the server, which counts there. */
        val SLACK: Duration = 100.milliseconds
        val WINDOW = (1.minutes + SLACK).inWholeNanoseconds
    }
}
