package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.model.Timer
import dev.tandem.platform.Phases
import dev.tandem.platform.Phases.Phase
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.http.ContentType
import io.ktor.http.HttpMethod
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.isSuccess
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration

/** HTTP over a Ktor engine: one exchange at a time, every failure typed. Closing it leaves the engine alone. */
internal class Transport(engine: HttpClientEngine) {
    private val http = LeanClient(engine)

    /** [read] gets a successful answer while its body is still on the way; when it is done the connection is freed. */
    suspend fun <T> exchange(call: HttpCall, read: suspend (Answer) -> T): T = coroutineScope {
        val phases = Phases()
        // Fails this scope, and so the exchange, when a timer runs out.
        val watch = launch(start = CoroutineStart.UNDISPATCHED) { watch(call, phases) }
        var hasHead = false
        try {
            http.send(requestOf(call, phases)) { response ->
                watch.cancel()
                hasHead = true
                val answer = Answer(response, call)
                if (!response.status.isSuccess()) throw rejectionOf(answer)
                read(answer)
            }
        } catch (e: Throwable) {
            if (e is Error) throw e
            // Whatever a connection says that we have just cut ourselves; and Ktor takes a cancellation for its reason.
            currentCoroutineContext().ensureActive()
            // What comes out of read is typed already, or none of our business: it may be the caller's own.
            if (hasHead) throw e
            throw breakdown(e, "could not reach", call, ErrorDetails.builder().provider(call.provider))
        } finally {
            watch.cancel()
        }
    }

    private suspend fun watch(call: HttpCall, phases: Phases): Nothing {
        while (true) {
            val phase = phases.current
            val timer = TIMERS.getValue(phase)
            val limit = call.options.limitOf(timer) ?: Duration.INFINITE
            withTimeoutOrNull(limit) { phases.awaitEndOf(phase) }
                ?: throw call.ranOut(timer, limit, ErrorDetails.builder().provider(call.provider).build())
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

    private companion object {
        val TIMERS = mapOf(Phase.CONNECTING to Timer.CONNECT, Phase.WRITING to Timer.WRITE, Phase.WAITING to Timer.FIRST_BYTE)
    }
}
