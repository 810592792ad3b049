package dev.tandem.engine.httpcore.wire

import dev.tandem.platform.Phases
import dev.tandem.platform.Phases.Phase
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.client.utils.unwrapCancellationException
import io.ktor.http.Headers
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.HttpStatusCode
import io.ktor.util.AttributeKey
import io.ktor.util.date.GMTDate
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.job
import kotlin.coroutines.CoroutineContext

/** A request as it goes over the wire, whichever HTTP that speaks. */
@OptIn(InternalAPI::class)
internal class WireRequest private constructor(
    private val data: HttpRequestData,
    private val context: CoroutineContext,
    val path: String,
    val body: ByteArray,
) {
    private val phases = data.attributes.getOrNull(PHASES)
    private val limits = data.getCapabilityOrNull(HttpTimeoutCapability)
    private val asked = GMTDate()

    val method: String get() = data.method.value

    /** POST and the like say how long their body is, even if there is none. */
    val hasBody: Boolean get() = body.isNotEmpty() || data.method.value in BODIED
    val connectTimeoutMillis: Long? get() = limits?.connectTimeoutMillis?.takeIf { it != HttpTimeoutConfig.INFINITE_TIMEOUT_MS }
    val socketTimeoutMillis: Long? get() = limits?.socketTimeoutMillis?.takeIf { it != HttpTimeoutConfig.INFINITE_TIMEOUT_MS }

    /** Whether the caller wants no other request on this connection. */
    val isLast: Boolean get() = data.headers
        .getAll(HttpHeaders.Connection)
        .orEmpty()
        .any { it.equals("close", ignoreCase = true) }

    fun enter(phase: Phase) {
        phases?.enter(phase)
    }

    /** Each header but those that the connection decides. */
    inline fun forEachHeader(take: (name: String, value: String) -> Unit) {
        var hasType = false
        for (headers in listOf(data.headers, data.body.headers)) {
            for ((name, values) in headers.entries()) {
                if (OURS.any { it.equals(name, ignoreCase = true) }) continue
                if (name.equals(HttpHeaders.ContentType, ignoreCase = true)) hasType = true
                for (value in values) take(name, value)
            }
        }
        val type = data.body.contentType
        if (type != null && !hasType) take(HttpHeaders.ContentType, type.toString())
    }

    /** Whatever ends the call from then on ends [body] too. */
    fun answered(status: Int, version: HttpProtocolVersion, headers: Headers, body: ByteReadChannel): HttpResponseData {
        context.job.invokeOnCompletion { cause -> if (cause != null) body.cancel(cause.unwrapCancellationException()) }
        return HttpResponseData(HttpStatusCode.fromValue(status), asked, headers, version, body, context)
    }

    override fun toString(): String = "$method ${data.url.host}"

    companion object {
        private val PHASES = AttributeKey<Phases>(Phases.ATTRIBUTE)
        private val BODIED = setOf("POST", "PUT", "PATCH")
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

        suspend fun of(data: HttpRequestData, route: Route, context: CoroutineContext): WireRequest {
            val url = data.url
            val path = url.encodedPathAndQuery.ifEmpty { "/" }.let { if (it.startsWith('/')) it else "/$it" }
            return WireRequest(
                data,
                context,
                if (route.isForwarded) "http://${route.authority}$path" else path,
                bytesOf(data.body, context),
            )
        }
    }
}
