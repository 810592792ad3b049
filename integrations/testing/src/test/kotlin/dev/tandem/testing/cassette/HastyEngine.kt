package dev.tandem.testing.cassette

import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.callContext
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import io.ktor.util.date.GMTDate
import io.ktor.utils.io.ByteChannel
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.writeStringUtf8
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.job
import kotlinx.coroutines.runBlocking
import java.util.concurrent.TimeUnit

/**
 * Streams [text], and when its call is cancelled closes its channel as if that had been all, as OkHttp's may. Others hear of the
 * cancelling only when it has been [seen] what that end did.
 */
@OptIn(InternalAPI::class, InternalCoroutinesApi::class)
internal class HastyEngine(private val text: String, private val seen: () -> Boolean) : HttpClientEngineBase("hasty") {
    override val config = HttpClientEngineConfig()

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val context = callContext()
        val channel = ByteChannel()
        channel.writeStringUtf8(text)
        channel.flush()
        context.job.invokeOnCompletion(onCancelling = true) {
            runBlocking { channel.flushAndClose() }
            val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
            while (!seen() && System.nanoTime() < end) Thread.onSpinWait()
        }
        val headers = headersOf(HttpHeaders.ContentType, "text/event-stream")
        return HttpResponseData(HttpStatusCode.OK, GMTDate(), headers, HttpProtocolVersion.HTTP_1_1, channel, context)
    }

    private companion object {
        const val PATIENCE_SECONDS = 5L
    }
}
