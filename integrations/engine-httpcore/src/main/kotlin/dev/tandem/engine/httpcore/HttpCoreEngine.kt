package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.StaleConnectionException
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.platform.DirectEngine
import dev.tandem.platform.EngineAnswer
import dev.tandem.platform.EngineRequest
import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineCapability
import io.ktor.client.engine.callContext
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.client.utils.unwrapCancellationException
import io.ktor.http.HttpStatusCode
import io.ktor.util.date.GMTDate
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.job

/** Takes requests in two ways: Tandem's own straight, and any that come through Ktor's client. */
@OptIn(InternalAPI::class)
internal class HttpCoreEngine(override val config: HttpCoreConfig) :
    HttpClientEngineBase("tandem-httpcore"),
    DirectEngine {
    private val router = Router(config.proxy)
    private val pool = Pool(Dialer(config))

    /** For requests through Ktor. Nothing here blocks, so there is no reason to leave the thread that calls or the loop that answers. */
    override val dispatcher: CoroutineDispatcher get() = Dispatchers.Unconfined

    override val supportedCapabilities: Set<HttpClientEngineCapability<*>> = setOf(HttpTimeoutCapability)

    override suspend fun ask(request: EngineRequest): EngineAnswer {
        check(coroutineContext.job.isActive) { "this engine is closed: make a new one" }
        val route = router.routeTo(request.url)
        val wired = WireRequest.of(request, route)
        // On a new connection nothing can be stale; one that is shared knows what was not seen.
        return if (request.isOnce) pool.renew(route, wired).exchange(wired) else ask(wired, route)
    }

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val asked = GMTDate()
        val context = callContext()
        val route = router.routeTo(data.url)
        val answer = ask(WireRequest.of(data, route, context), route)
        // Whatever ends the call from now on ends its body too.
        context.job.invokeOnCompletion { cause -> if (cause != null) answer.body.cancel(cause.unwrapCancellationException()) }
        return HttpResponseData(HttpStatusCode.fromValue(answer.status), asked, answer.headers, answer.version, answer.body, context)
    }

    private suspend fun ask(request: WireRequest, route: Route): EngineAnswer = try {
        pool.lease(route, request).exchange(request)
    } catch (_: StaleConnectionException) {
        // The server had closed it before it saw the request, so another one may ask.
        pool.renew(route, request).exchange(request)
    }

    override fun close() {
        super.close()
        pool.close()
    }
}
