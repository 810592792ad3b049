package dev.tandem.transport

import dev.tandem.platform.Clock
import dev.tandem.platform.EngineAnswer
import dev.tandem.platform.EngineRequest
import dev.tandem.platform.Phases
import io.ktor.client.HttpClient
import io.ktor.client.call.HttpClientCall
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.HttpSendPipeline
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.takeFrom
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.job
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

/**
 * Ktor's client, less what this library has no use for. Of its four pipelines only the one that ends in the engine is
 * run, and only up to there: the rest is for plugins and for turning bodies into objects, and costs more than all else in
 * a call. The price is to end a call's jobs by hand, as Ktor's `HttpStatement` does.
 */
@OptIn(InternalAPI::class)
internal class LeanClient(engine: HttpClientEngine) : Sender {
    private val http = HttpClient(engine) { useDefaultTransformers = false }

    init {
        // After the engine's own interceptor: what would follow keeps the body in memory.
        http.sendPipeline.intercept(HttpSendPipeline.Engine) { finish() }
    }

    override suspend fun <T> send(request: EngineRequest, read: suspend (EngineAnswer) -> T): T {
        val builder = builderOf(request)
        val exchange = builder.executionContext as CompletableJob
        try {
            val response = (http.sendPipeline.execute(builder, builder.body) as HttpClientCall).response
            try {
                return read(EngineAnswer(response.status.value, response.version, response.headers, response.rawContent))
            } finally {
                free(response)
            }
        } catch (e: Throwable) {
            exchange.completeExceptionally(e)
            throw e
        } finally {
            exchange.complete()
        }
    }

    private fun builderOf(request: EngineRequest) = HttpRequestBuilder().apply {
        method = HttpMethod(request.method)
        url.takeFrom(request.url)
        attributes.put(Phases.KEY, request.phases)
        request.headers.forEach { (name, value) -> headers[name] = value }
        request.body?.let { setBody(ByteArrayContent(it, typeOf(request))) }
    }

    private fun typeOf(request: EngineRequest) =
        request.headers[HttpHeaders.ContentType]?.let(ContentType::parse) ?: ContentType.Application.Json

    /** Although the caller may be cancelled: its connection must not outlive it. */
    private suspend fun free(response: HttpResponse) {
        val job = response.coroutineContext.job as CompletableJob
        val body = response.rawContent
        if (body.isReadToItsEnd()) {
            job.complete()
        } else {
            val why = CancellationException("the rest of the body is not wanted")
            job.cancel(why)
            body.cancel(why)
        }
        if (!job.isCompleted) withContext(NonCancellable) { Clock.withinOrNull(PARTING_TIME) { job.join() } }
    }

    override fun close(): Unit = http.close()

    private companion object {
        /** An engine may read blocking, and not hear that it need not. */
        val PARTING_TIME = 1.seconds
    }
}
