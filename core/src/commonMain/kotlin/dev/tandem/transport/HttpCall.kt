package dev.tandem.transport

import dev.tandem.model.Options

/** What goes out. [body] is JSON, unless [headers] say otherwise. */
internal class HttpCall(
    val provider: String,
    val method: String,
    val url: String,
    val headers: Map<String, String>,
    val body: ByteArray?,
    val redactor: Redactor,
    /** For its timers. */
    val options: Options,
    /** For its engine: it must reach the server once at most. */
    val isOnce: Boolean = false,
) {
    /** Without the query, which may carry secrets, and helps nobody. */
    val address: String get() = url.substringBefore('?')
}
