@file:JvmName("-RateLimitHeaders")

package dev.tandem.transport

import dev.tandem.model.RateLimits
import dev.tandem.model.RateLimits.Window
import io.ktor.util.date.GMTDate
import kotlin.jvm.JvmName
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.ExperimentalTime
import kotlin.time.Instant

/** Null when the server says nothing of its limits. What cannot be understood is left out. */
internal fun rateLimitsOf(head: AnswerHead): RateLimits? {
    if (!head.mentions("ratelimit")) return null
    val requests = REQUESTS.firstNotNullOfOrNull { it.windowOf(head) }
    val tokens = TOKENS.firstNotNullOfOrNull { it.windowOf(head) }
    return if (requests == null && tokens == null) null else RateLimits(requests, tokens)
}

/** The names of what one family of headers says of requests or of tokens. */
private class WindowNames(private val family: String, private val what: String?) {
    private val limit = named("limit")
    private val remaining = named("remaining")
    private val reset = named("reset")

    fun windowOf(head: AnswerHead): Window? {
        val limit = limit.firstNotNullOfOrNull(head::header)?.let(::count)
        val remaining = remaining.firstNotNullOfOrNull(head::header)?.let(::count)
        val reset = reset.firstNotNullOfOrNull(head::header)?.let { resetOf(it, head.header("Date")) }
        return if (limit == null && remaining == null && reset == null) null else Window(limit, remaining, reset)
    }

    /** OpenAI puts the field before what it counts, Anthropic after it. */
    private fun named(field: String): List<String> =
        if (what == null) listOf("$family-$field") else listOf("$family-$field-$what", "$family-$what-$field")
}

/** The first number: some add a list of windows, as in `1000, 1000;w=1`. */
private fun count(text: String): Long? = text
    .substringBefore(',')
    .substringBefore(';')
    .trim()
    .toLongOrNull()
    ?.takeIf { it >= 0 }

/** A duration, plain seconds, or a moment. */
@OptIn(ExperimentalTime::class)
private fun resetOf(text: String, date: String?): Duration? {
    val seconds = text.trim().toDoubleOrNull()
    if (seconds != null) return if (seconds.isFinite() && seconds in 0.0..LONGEST_SECONDS) seconds.seconds else null
    durationOf(text)?.let { return it }
    val moment = Instant.parseOrNull(text.trim()) ?: return null
    val now = date?.let(::dateOf) ?: GMTDate()
    return (moment.toEpochMilliseconds() - now.timestamp).milliseconds.coerceAtLeast(Duration.ZERO)
}

private val FAMILIES = listOf("x-ratelimit", "anthropic-ratelimit", "ratelimit")
private val REQUESTS = FAMILIES.map { WindowNames(it, "requests") } + WindowNames("x-ratelimit", null)
private val TOKENS = FAMILIES.map { WindowNames(it, "tokens") }

/** More is a moment in seconds since 1970, of which there are several kinds. */
private const val LONGEST_SECONDS = 31_536_000.0
