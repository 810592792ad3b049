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

/** Google: `{"@type":"…RetryInfo","retryDelay":"34s"}` somewhere in the details. */
private fun hintIn(body: String): Duration? {
    if ("retryDelay" !in body) return null
    return runCatching { delayIn(Json.parseToJsonElement(body)) }.getOrNull()
}

private fun delayIn(json: JsonElement): Duration? = when (json) {
    is JsonObject -> (json["retryDelay"] as? JsonPrimitive)?.let { durationOf(it.content) } ?: json.values.firstNotNullOfOrNull(::delayIn)
    is JsonArray -> json.firstNotNullOfOrNull(::delayIn)
    else -> null
}

/** `34.07s`, `6m0s`, `350ms`, `1h2m3.5s`. */
internal fun durationOf(text: String): Duration? = Duration.parseOrNull(text.trim())?.takeIf { !it.isNegative() && it.isFinite() }

private val MILLIS_HEADERS = listOf("retry-after-ms", "x-ms-retry-after-ms")
