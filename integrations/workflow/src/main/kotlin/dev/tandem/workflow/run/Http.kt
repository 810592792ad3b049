package dev.tandem.workflow.run

import dev.tandem.workflow.HttpNode
import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.request.header
import io.ktor.client.request.prepareRequest
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.client.statement.bodyAsChannel
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.utils.io.readBuffer
import kotlinx.io.readString
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** Sends what HTTP nodes say. Opened by the first of them. */
internal class Http(private val engine: HttpClientEngine?) : AutoCloseable {
    private val opened = lazy { if (engine == null) HttpClient(OkHttp) { quietly() } else HttpClient(engine) { quietly() } }

    /** A request with its mentions filled. */
    class Filled(val url: String, val headers: Map<String, String>, val body: String?)

    suspend fun send(node: HttpNode, filled: Filled): JsonElement {
        require(filled.url.startsWith("http://") || filled.url.startsWith("https://")) {
            "the address of '${node.name}' must begin with http:// or https://, but is '${filled.url.take(SHOWN)}'"
        }
        val statement = opened.value.prepareRequest {
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
        return statement.execute { response ->
            val text = response.bodyAsChannel().readBuffer(node.maxBytes + 1).readString()
            if (response.status.value >= FIRST_UNWANTED) {
                throw HttpStatusException(node.name, response.status.value, response.headers[HttpHeaders.Location], text.take(EXCERPT))
            }
            check(
                text.length <= node.maxBytes,
            ) { "what '${node.name}' got is longer than ${node.maxBytes} bytes: set maxBytes, or ask for less" }
            read(text)
        }
    }

    override fun close() {
        if (opened.isInitialized()) opened.value.close()
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

    private fun HttpClientConfig<*>.quietly() {
        followRedirects = false
        expectSuccess = false
    }

    private companion object {
        const val FIRST_UNWANTED = 300
        const val EXCERPT = 500
        const val SHOWN = 80
    }
}
