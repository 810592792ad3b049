@file:JvmName("-RetryHints")

package dev.tandem.transport

import io.ktor.http.fromHttpToGmtDate
import io.ktor.util.date.GMTDate
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.jvm.JvmName
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** How long the server asks us to wait: the most exact header first, then what the [body] says. Null for nonsense. */
internal fun retryAfterOf(head: AnswerHead, body: String): Duration? =
    MILLIS_HEADERS.firstNotNullOfOrNull { head.header(it)?.let(::number) }?.milliseconds
        ?: head.header("Retry-After")?.let { number(it)?.seconds ?: untilDate(it, head.header("Date")) }
        ?: hintIn(body)

/** The server's own word on whether to try again. */
internal fun isRetryableBy(head: AnswerHead): Boolean? = head
    .header("x-should-retry")
    ?.trim()
    ?.lowercase()
    ?.toBooleanStrictOrNull()

private fun number(text: String): Double? = text.trim().toDoubleOrNull()?.takeIf { it.isFinite() && it >= 0 }

/** From the server's clock to its date, since ours may be wrong. A moment that has passed says nothing. */
private fun untilDate(date: String, now: String?): Duration? {
    val from = now?.let(::dateOf) ?: GMTDate()
    val to = dateOf(date) ?: return null
    return (to.timestamp - from.timestamp).milliseconds.takeIf { it.isPositive() }
}

/** A date as HTTP writes it, null for nonsense. */
internal fun dateOf(text: String): GMTDate? = runCatching { text.trim().fromHttpToGmtDate() }.getOrNull()

/**
 * Google has `{"@type":"…RetryInfo","retryDelay":"34s"}` somewhere in the details, gateways a `retry_after` of seconds, and OpenAI
 * says it in words: `Please try again in 1m26.4s.`
 */
private fun hintIn(body: String): Duration? {
    val field = FIELDS.firstOrNull { it in body }?.let { name ->
        runCatching { delayIn(Json.parseToJsonElement(body), name) }.getOrNull()
    }
    return field ?: IN_WORDS.find(body)?.let { durationOf(it.groupValues[1]) }
}

private fun delayIn(json: JsonElement, name: String): Duration? = when (json) {
    is JsonObject -> (json[name] as? JsonPrimitive)?.let(::delayOf) ?: json.values.firstNotNullOfOrNull { delayIn(it, name) }
    is JsonArray -> json.firstNotNullOfOrNull { delayIn(it, name) }
    else -> null
}

private fun delayOf(json: JsonPrimitive): Duration? = number(json.content)?.seconds ?: durationOf(json.content)

/** `34.07s`, `6m0s`, `350ms`, `1h2m3.5s`. */
internal fun durationOf(text: String): Duration? = Duration.parseOrNull(text.trim())?.takeIf { !it.isNegative() && it.isFinite() }

private val MILLIS_HEADERS = listOf("retry-after-ms", "x-ms-retry-after-ms")
private val FIELDS = listOf("retryDelay", "retry_after")
private val IN_WORDS = Regex("try again in ((?:\\d+(?:\\.\\d+)?(?:h|ms|m|s))+)", RegexOption.IGNORE_CASE)
