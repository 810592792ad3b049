package dev.tandem.transport

import io.ktor.http.HttpMethod

/** What goes out. [body] is JSON; without one the call is a GET. */
internal class HttpCall(
    val provider: String,
    val url: String,
    val headers: Map<String, String>,
    val body: String?,
    val redactor: Redactor,
) {
    val method: HttpMethod get() = if (body == null) HttpMethod.Get else HttpMethod.Post
}
