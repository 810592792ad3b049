package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.platform.Phases
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.http.ContentType
import io.ktor.http.HttpMethod
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.isSuccess
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive

/** HTTP over a Ktor engine: one exchange at a time, every failure typed. Closing it leaves the engine alone. */
internal class Transport(engine: HttpClientEngine) {
    private val http = LeanClient(engine)

    /** [read] gets a successful answer while its body is still on the way; when it is done the connection is freed. */
    suspend fun <T> exchange(call: HttpCall, read: suspend (Answer) -> T): T = coroutineScope {
        val timer = PhaseTimer(call, coroutineContext)
        var hasHead = false
        try {
            http.send(requestOf(call, Phases(timer::enter))) { response ->
                timer.dispose()
                hasHead = true
                val answer = Answer(response, call)
                if (!response.status.isSuccess()) throw rejectionOf(answer)
                read(answer)
            }
        } catch (e: Throwable) {
            if (e is Error) throw e
            timer.ranOut?.let { throw it }
            // Whatever a connection says that we have just cut ourselves; and Ktor takes a cancellation for its reason.
            ensureActive()
            // What comes out of read is typed already, or none of our business: it may be the caller's own.
            if (hasHead) throw e
            throw breakdown(e, "could not reach", call, ErrorDetails.builder().provider(call.provider))
        } finally {
            timer.dispose()
        }
    }

    private fun requestOf(call: HttpCall, phases: Phases) = HttpRequestBuilder().apply {
        method = HttpMethod(call.method)
        url(call.url)
        attributes.put(Phases.KEY, phases)
        call.headers.forEach { (name, value) -> headers[name] = value }
        call.body?.let { setBody(ByteArrayContent(it.encodeToByteArray(), ContentType.Application.Json)) }
    }

    fun close() = http.close()
}
