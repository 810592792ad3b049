@file:JvmName("-BaseUrl")

package dev.tandem.provider.http

import io.ktor.http.Url
import kotlin.jvm.JvmName

private val URL = Regex("https?://[^\\s/?#@]+[^\\s?#@]*")

/** [url] without a slash at its end, or the exception that says what is wrong with it. */
internal fun checkedBaseUrl(url: String): String {
    // A password in it would turn up in messages.
    require('@' !in url) { "the base URL must not hold a user or password: use apiKey(…) or a header" }
    // Ktor knows what a port may be.
    require(URL.matches(url) && runCatching { Url(url) }.isSuccess) { "the base URL must look like http://host:port/v1, but is '$url'" }
    return url.trimEnd('/')
}
