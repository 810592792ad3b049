package dev.tandem.testing.cassette

import io.ktor.http.Headers
import io.ktor.http.Url
import io.ktor.http.content.OutgoingContent
import io.ktor.http.encodedPath
import java.util.regex.Matcher
import java.util.regex.Pattern

/** What is written of an exchange, and what is not. */
internal class Scrubbing(private val own: List<Pair<Pattern, String>>) {
    fun of(text: String): String =
        (KEYS + own).fold(text) { clean, (pattern, replacement) -> pattern.matcher(clean).replaceAll(replacement) }

    /** Without the host, which may be the name of an account, and may be another one when it is replayed. */
    fun of(url: Url): String {
        val query = url.encodedQuery
        return of(if (query.isEmpty()) url.encodedPath else "${url.encodedPath}?$query")
    }

    /** Those of [headers] that a client reads, and that nobody is known by. */
    fun of(headers: Headers): Map<String, List<String>> = headers
        .entries()
        .filter { (name, _) -> isRead(name.lowercase()) }
        .sortedBy { it.key.lowercase() }
        .associate { (name, values) -> name.lowercase() to values.map(::of) }

    /** A body in pieces: they are put together where something is to be hidden, since it may begin in one and end in another. */
    fun of(pieces: List<ByteArray>): List<Exchange.Body> {
        val bodies = pieces.map(Exchange.Body::of)
        val whole = bodies.map { it.text ?: return wholeOf(pieces) }.joinToString("")
        val clean = of(whole)
        return if (clean == whole) bodies else listOf(Exchange.Body(text = clean))
    }

    /** What was cut within a letter is whole again when it is put together. */
    private fun wholeOf(pieces: List<ByteArray>): List<Exchange.Body> {
        val all = pieces.fold(ByteArray(0), ByteArray::plus)
        val body = Exchange.Body.of(all)
        return listOf(body.text?.let { Exchange.Body(text = of(it)) } ?: body)
    }

    /** A body that is sent. What tells the parts of a form apart is drawn by lot each time. */
    fun of(content: OutgoingContent): Exchange.Body {
        val bytes = (content as? OutgoingContent.ByteArrayContent)?.bytes() ?: ByteArray(0)
        val boundary = content.contentType?.parameter("boundary")
        return of(listOf(if (boundary == null) bytes else bytes.replace(boundary, "boundary"))).single()
    }

    /** By letters that are a byte each, for a file in it is no text. */
    private fun ByteArray.replace(old: String, new: String) =
        toString(Charsets.ISO_8859_1).replace(old, new).toByteArray(Charsets.ISO_8859_1)

    private fun isRead(name: String) = name in READ || READ_PREFIXES.any(name::startsWith)

    private companion object {
        val READ = setOf("content-type", "retry-after", "retry-after-ms", "request-id", "x-request-id", "x-should-retry")
        val READ_PREFIXES = listOf("x-ratelimit-", "anthropic-ratelimit-")

        val KEYS: List<Pair<Pattern, String>> = listOf(
            // OpenAI, Anthropic, OpenRouter, DeepSeek; Groq; xAI; Gemini; Hugging Face; Replicate; Perplexity.
            Pattern.compile("""\b(?:sk-|gsk_|xai-|AIza|hf_|r8_|pplx-)[A-Za-z0-9_-]{8,}""") to Matcher.quoteReplacement("[key]"),
            Pattern.compile("""(?i)\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}""") to "\$1 [key]",
            Pattern.compile("""(?i)([?&](?:api[-_]?key|key|token|access_token|sig|signature)=)[^&\s"]+""") to "\$1[key]",
        )
    }
}
