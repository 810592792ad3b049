@file:JvmName("-KindOf")

package dev.tandem.error

import kotlin.jvm.JvmName

/** What may be said of [error] to anybody: its type and numbers, but not its message, which may quote the request. */
internal fun kindOf(error: Throwable): String {
    val type = error::class.simpleName ?: "an error"
    if (error !is AiException) return type
    return listOfNotNull(
        type,
        (error as? TimeLimitException)?.let { "timer ${it.timer}" },
        error.status?.let { "status $it" },
        error.code?.let { "code ${plain(it)}" },
        error.requestId?.let { "request ${plain(it)}" },
        error.attempts.takeIf { it > 1 }?.let { "$it attempts" },
    ).joinToString()
}

/** [text] from elsewhere, on one line and not too long: it cannot pass itself off as a line of its own. */
internal fun plain(text: String): String = text.take(MOST_CHARS).replace(BREAKS, " ")

private const val MOST_CHARS = 100

/** Control characters, and what some viewers take for the end of a line besides. */
private val BREAKS = Regex("[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]")
