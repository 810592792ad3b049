package dev.tandem.engine.httpcore.wire

import dev.tandem.platform.EngineRequest
import dev.tandem.platform.Phases
import dev.tandem.platform.Phases.Phase
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.request.HttpRequestData
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.Url
import io.ktor.util.AttributeKey
import io.ktor.utils.io.InternalAPI
import kotlin.coroutines.CoroutineContext

/** A request as it goes over the wire, whoever made it and whichever HTTP that speaks. */
internal class WireRequest private constructor(
    val method: String,
    url: Url,
    route: Route,
    /** All but those that the connection decides. */
    val headers: HeaderList,
    val body: ByteArray,
    /** Whether the caller wants no other request on this connection. */
    val isLast: Boolean,
    private val phases: Phases?,
    val connectTimeoutMillis: Long?,
    val socketTimeoutMillis: Long?,
) {
    private val host = url.host
    val path: String = pathOf(url).let { if (route.isForwarded) "http://${route.authority}$it" else it }

    /** POST and the like say how long their body is, even if there is none. */
    val hasBody: Boolean get() = body.isNotEmpty() || method in BODIED

    fun enter(phase: Phase) {
        phases?.enter(phase)
    }

    override fun toString(): String = "$method $host"

    companion object {
        private val PHASES = AttributeKey<Phases>(Phases.ATTRIBUTE)
        private val BODIED = setOf("POST", "PUT", "PATCH")
        private val JSON = ContentType.Application.Json.toString()
        private val NOTHING = ByteArray(0)
        private val OURS = listOf(
            HttpHeaders.Host,
            HttpHeaders.ContentLength,
            HttpHeaders.TransferEncoding,
            HttpHeaders.Connection,
            HttpHeaders.Upgrade,
            HttpHeaders.TE,
            "Keep-Alive",
            "Proxy-Connection",
        )

        /** Tandem's own. */
        fun of(request: EngineRequest, route: Route): WireRequest {
            val headers = HeaderList()
            for ((name, value) in request.headers) headers.addTheirs(name, value)
            val body = request.body
            if (body != null) headers.addType(JSON)
            val isLast = request.headers.any { (name, value) -> name.equals(HttpHeaders.Connection, ignoreCase = true) && closes(value) }
            return WireRequest(request.method, request.url, route, headers, body ?: NOTHING, isLast, request.phases, null, null)
        }

        /** Any other that comes through Ktor. */
        @OptIn(InternalAPI::class)
        suspend fun of(data: HttpRequestData, route: Route, context: CoroutineContext): WireRequest {
            val headers = HeaderList()
            for (some in listOf(data.headers, data.body.headers)) {
                some.forEach { name, values -> values.forEach { headers.addTheirs(name, it) } }
            }
            data.body.contentType?.let { headers.addType(it.toString()) }
            val limits = data.getCapabilityOrNull(HttpTimeoutCapability)
            return WireRequest(
                data.method.value,
                data.url,
                route,
                headers,
                bytesOf(data.body, context),
                isLast = data.headers
                    .getAll(HttpHeaders.Connection)
                    .orEmpty()
                    .any(::closes),
                data.attributes.getOrNull(PHASES),
                limits?.connectTimeoutMillis?.let(::finite),
                limits?.socketTimeoutMillis?.let(::finite),
            )
        }

        private fun HeaderList.addTheirs(name: String, value: String) {
            if (OURS.none { it.equals(name, ignoreCase = true) }) add(name, value)
        }

        private fun HeaderList.addType(type: String) {
            if (get(HttpHeaders.ContentType) == null) add(HttpHeaders.ContentType, type)
        }

        private fun closes(connection: String) = connection.equals("close", ignoreCase = true)

        private fun finite(millis: Long) = millis.takeIf { it != HttpTimeoutConfig.INFINITE_TIMEOUT_MS }

        private fun pathOf(url: Url) = url.encodedPathAndQuery.ifEmpty { "/" }.let { if (it.startsWith('/')) it else "/$it" }
    }
}
