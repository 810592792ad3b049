package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.prepareRequest
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.http.ContentType
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.isSuccess
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive

/** HTTP over a Ktor engine: one exchange at a time, every failure typed. Closing it leaves [engine] alone. */
internal class Transport(private val engine: HttpClientEngine) {
    private val http =
        HttpClient(engine) {
            // A redirect may lead to another host, and the key would go with it.
            followRedirects = false
            expectSuccess = false
        }

    /** [read] gets a successful answer while its body is still on the way; when it is done the connection is freed. */
    suspend fun <T> exchange(call: HttpCall, read: suspend (Answer) -> T): T {
        val progress = Progress()
        try {
            return http.prepareRequest { take(call) }.execute { response ->
                progress.answered = true
                val answer = Answer(response, call)
                if (!response.status.isSuccess()) throw rejectionOf(answer)
                read(answer)
            }
        } catch (e: Throwable) {
            // What comes out of read is typed already, or none of our business: it may be the caller's own.
            if (progress.answered || e is Error) throw e
            // Whatever a connection says that we have just cut ourselves.
            currentCoroutineContext().ensureActive()
            throw breakdown(e, "could not reach", call, ErrorDetails.builder().provider(call.provider))
        }
    }

    private fun HttpRequestBuilder.take(call: HttpCall) {
        method = call.method
        url(call.url)
        call.headers.forEach { (name, value) -> headers[name] = value }
        call.body?.let { setBody(ByteArrayContent(it.encodeToByteArray(), ContentType.Application.Json)) }
    }

    fun close() = http.close()

    private class Progress {
        var answered = false
    }
}
