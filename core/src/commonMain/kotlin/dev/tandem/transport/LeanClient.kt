@file:JvmName("-LeanClient")

package dev.tandem.transport

import io.ktor.client.HttpClient
import io.ktor.client.call.HttpClientCall
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.HttpSendPipeline
import io.ktor.client.statement.HttpResponse
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.job
import kotlin.jvm.JvmName

/**
 * Ktor's client, less what this library has no use for. Of its four pipelines only the one that ends in the engine is
 * run, and only up to there: the rest is for plugins and for turning bodies into objects, and costs more than all else in
 * a call. The price is to end a call's jobs by hand, as Ktor's `HttpStatement` does.
 */
@OptIn(InternalAPI::class)
internal class LeanClient(engine: HttpClientEngine) : AutoCloseable {
    private val http = HttpClient(engine) { useDefaultTransformers = false }

    init {
        // After the engine's own interceptor: what would follow keeps the body in memory.
        http.sendPipeline.intercept(HttpSendPipeline.Engine) { finish() }
    }

    /** [read] gets the answer when its head has come. The connection is free when it is done. */
    suspend fun <T> send(request: HttpRequestBuilder, read: suspend (HttpResponse) -> T): T {
        val exchange = request.executionContext as CompletableJob
        try {
            val response = (http.sendPipeline.execute(request, request.body) as HttpClientCall).response
            try {
                return read(response)
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

    private suspend fun free(response: HttpResponse) {
        val job = response.coroutineContext.job as CompletableJob
        val body = response.rawContent
        if (body.isClosedForRead && body.closedCause == null) {
            job.complete()
        } else {
            val why = CancellationException("the rest of the body is not wanted")
            job.cancel(why)
            body.cancel(why)
        }
        job.join()
    }

    override fun close(): Unit = http.close()
}
