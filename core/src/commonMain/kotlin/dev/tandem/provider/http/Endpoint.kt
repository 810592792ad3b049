package dev.tandem.provider.http

import dev.tandem.error.UnauthorizedException
import dev.tandem.model.Options
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.model.setHeader
import dev.tandem.platform.VERSION
import dev.tandem.provider.Wire
import dev.tandem.provider.json.WireJson
import dev.tandem.transport.Answer
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.HttpCall
import dev.tandem.transport.Redactor
import kotlinx.serialization.json.JsonElement

/** One provider over HTTP: every call of a client to it goes through here, and takes the same address, key and headers. */
internal class Endpoint(private val site: Site, private val wire: Wire) {
    val name: String get() = site.name
    val identity: String get() = site.identity

    private val secretsOfSite = secretsOf(site.headers)
    private val ours = mutableMapOf("User-Agent" to "tandem/$VERSION").apply {
        site.headers.forEach { (name, value) -> setHeader(name, value) }
    }

    suspend fun <T> get(path: String, options: Options, read: suspend (Answer) -> T): T = exchange("GET", path, null, options, read)

    suspend fun <T> post(path: String, body: JsonElement, options: Options, read: suspend (Answer) -> T): T =
        exchange("POST", path, bytesOf(body), options, read)

    suspend fun <T> post(path: String, form: Form, options: Options, read: suspend (Answer) -> T): T =
        exchange("POST", path, form.bytes, options, read, form.contentType)

    suspend fun send(request: RawRequest): RawResponse = send(request) { RawResponse(it.status, it.headers, it.text()) }

    suspend fun <T> send(request: RawRequest, read: suspend (Answer) -> T): T {
        val form = request.upload?.let { Form(it.fields.toList(), it.fileName, it.mediaType, it.bytes) }
        val body = form?.bytes ?: request.body?.let(::bytesOf)
        return exchange(request.method, request.path, body, request.options, read, form?.contentType, !request.isRetried)
    }

    /** [response], which came by another way, as the head of an answer of ours. */
    fun headOf(response: RawResponse): AnswerHead = ToldHead(name, response, redactorOf(site.credential.key, Options.NONE))

    private suspend fun <T> exchange(
        method: String,
        path: String,
        body: ByteArray?,
        options: Options,
        read: suspend (Answer) -> T,
        contentType: String? = null,
        isOnce: Boolean = false,
    ): T {
        val url = site.baseUrl + path + query(path)
        val secret = site.credential.secret()
        var hasBegun = false
        val callBy = { key: String? ->
            HttpCall(name, method, url, headersOf(key, options, contentType), body, redactorOf(key, options), options, isOnce)
        }
        return try {
            wire.transport.exchange(callBy(secret)) { answer ->
                hasBegun = true
                read(answer)
            }
        } catch (e: UnauthorizedException) {
            // An error within the answer, or one of whoever reads it: the key was good.
            if (hasBegun) throw e
            val another = site.credential.insteadOf(secret) ?: throw e
            wire.transport.exchange(callBy(another), read)
        }
    }

    /** Its toString makes a text of each part. */
    private fun bytesOf(json: JsonElement) = WireJson.encodeToString(JsonElement.serializer(), json).encodeToByteArray()

    private fun query(path: String) = if (site.query.isEmpty()) "" else (if ('?' in path) "&" else "?") + site.query

    private fun headersOf(secret: String?, options: Options, contentType: String?): Map<String, String> {
        val headers = ours.toMutableMap()
        secret?.let(site.credential::headerOf)?.let { (name, value) -> headers.setHeader(name, value) }
        options.headers.forEach { (name, value) -> headers.setHeader(name, value) }
        contentType?.let { headers.setHeader("Content-Type", it) }
        return headers
    }

    private fun redactorOf(secret: String?, options: Options) = Redactor(listOfNotNull(secret) + secretsOfSite + secretsOf(options.headers))

    /** A key may come with a header instead. */
    private fun secretsOf(headers: Map<String, String>): List<String> = headers
        .filterKeys(SECRET_HEADER::containsMatchIn)
        .values
        .flatMap { it.split(' ', ',', ';', '=') }
        .filter { it.length >= MIN_SECRET_CHARS }

    private companion object {
        /** Shorter ones are no secrets, but parts of other words. */
        const val MIN_SECRET_CHARS = 8
        val SECRET_HEADER = Regex("auth|key|token|secret|cookie|credential|signature|password|session", RegexOption.IGNORE_CASE)
    }
}
