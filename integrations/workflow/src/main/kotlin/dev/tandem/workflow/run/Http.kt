package dev.tandem.workflow.run

import dev.tandem.workflow.HttpNode
import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.HttpTimeoutConfig.Companion.INFINITE_TIMEOUT_MS
import io.ktor.client.plugins.timeout
import io.ktor.client.request.header
import io.ktor.client.request.prepareRequest
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsChannel
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.utils.io.readBuffer
import kotlinx.io.readByteArray
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import java.io.IOException
import java.net.SocketTimeoutException
import java.nio.charset.Charset

/** Sends what HTTP nodes say. Opened by the first of them. */
internal class Http(private val engine: HttpClientEngine?) : AutoCloseable {
    /** This and [isClosed] are guarded by this object. */
    private val opened = lazy { if (engine == null) HttpClient(OkHttp) { quietly() } else HttpClient(engine) { quietly() } }
    private var isClosed = false

    /** A request with its mentions filled. */
    class Filled(val url: String, val headers: Map<String, String>, val body: String?)

    /** [limitMillis] is what somebody else sees to; where nobody does, the engine has its own idea of how long a server may be silent. */
    suspend fun send(node: HttpNode, filled: Filled, limitMillis: Long?): JsonElement {
        check(node, filled)
        val client = client(node)
        val statement = client.prepareRequest {
            if (limitMillis != null && HttpTimeoutCapability in client.engine.supportedCapabilities) {
                timeout { socketTimeoutMillis = INFINITE_TIMEOUT_MS }
            }
            method = HttpMethod(node.method)
            url(filled.url)
            filled.headers.forEach { (name, value) -> header(name, value) }
            filled.body?.let {
                if (filled.headers.keys.none { name -> name.equals(HttpHeaders.ContentType, ignoreCase = true) }) {
                    header(HttpHeaders.ContentType, "application/json")
                }
                setBody(it.encodeToByteArray())
            }
        }
        return try {
            statement.execute { read(node, it) }
        } catch (e: SocketTimeoutException) {
            // Its own message has the address, and so maybe a secret.
            throw IOException("'${node.name}' has heard nothing for too long: set its timeoutMillis, and it waits as long as that", e)
        }
    }

    private suspend fun read(node: HttpNode, response: HttpResponse): JsonElement {
        val body = response.bodyAsChannel().readBuffer(node.maxBytes.coerceAtMost(Long.MAX_VALUE - 1) + 1)
        val isTooLong = body.size > node.maxBytes
        val text = body.readByteArray().toString(charsetOf(response)).removePrefix(BYTE_ORDER_MARK)
        if (response.status.value >= FIRST_UNWANTED) {
            throw HttpStatusException(node.name, response.status.value, response.headers[HttpHeaders.Location], text.take(EXCERPT))
        }
        check(!isTooLong) { "what '${node.name}' got is longer than ${node.maxBytes} bytes: set maxBytes, or ask for less" }
        return read(text)
    }

    /** Before the engines do: what they say has the value of the header in it. */
    private fun check(node: HttpNode, filled: Filled) {
        require(filled.url.startsWith("http://") || filled.url.startsWith("https://")) {
            "the address of '${node.name}' must begin with http:// or https://, but is '${filled.url.take(SHOWN)}'"
        }
        val host = filled.url.substringAfter("://")
        require(host.isNotBlank() && host[0] !in "/?#:") { "the address of '${node.name}' has no host: '${filled.url.take(SHOWN)}'" }
        for ((name, value) in filled.headers) {
            val wrong = value.indexOfFirst { it != '\t' && it !in ' '..'~' }
            require(wrong < 0) {
                "the header '$name' of '${node.name}' has at ${wrong + 1} what no header can have (U+%04X)".format(value[wrong].code) +
                    ": take line breaks out of what it mentions, and encode what is not ASCII"
            }
        }
    }

    private fun client(node: HttpNode): HttpClient = synchronized(this) {
        check(!isClosed) { "the executor was closed, so '${node.name}' can send nothing: close it when all runs are over" }
        opened.value
    }

    override fun close() {
        synchronized(this) {
            isClosed = true
            if (opened.isInitialized()) opened.value.close()
        }
    }

    private fun read(text: String): JsonElement {
        val begin = text.trimStart().firstOrNull()
        if (begin != '{' && begin != '[') return JsonPrimitive(text)
        return try {
            Json.parseToJsonElement(text)
        } catch (_: SerializationException) {
            JsonPrimitive(text)
        }
    }

    /** As the server says it, UTF-8 where it does not or says what nobody knows. */
    private fun charsetOf(response: HttpResponse): Charset = try {
        CHARSET.find(response.headers[HttpHeaders.ContentType].orEmpty())?.let { charset(it.groupValues[1]) } ?: Charsets.UTF_8
    } catch (_: IllegalArgumentException) {
        Charsets.UTF_8
    }

    private fun HttpClientConfig<*>.quietly() {
        install(HttpTimeout)
        followRedirects = false
        expectSuccess = false
    }

    private companion object {
        const val FIRST_UNWANTED = 300
        const val EXCERPT = 500
        const val SHOWN = 80
        const val BYTE_ORDER_MARK = "\ufeff"
        val CHARSET = Regex("""charset\s*=\s*"?([^\s";]+)""", RegexOption.IGNORE_CASE)
    }
}
