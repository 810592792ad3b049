package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.StaleConnectionException
import dev.tandem.engine.httpcore.wire.WireRequest
import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineCapability
import io.ktor.client.engine.callContext
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers

@OptIn(InternalAPI::class)
internal class HttpCoreEngine(override val config: HttpCoreConfig) : HttpClientEngineBase("tandem-httpcore") {
    private val router = Router(config.proxy)
    private val pool = Pool(Dialer(config))

    /** Nothing here blocks, so there is no reason to leave the thread that calls or the loop that answers. */
    override val dispatcher: CoroutineDispatcher get() = Dispatchers.Unconfined

    override val supportedCapabilities: Set<HttpClientEngineCapability<*>> = setOf(HttpTimeoutCapability)

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val route = router.routeTo(data.url)
        val request = WireRequest.of(data, route, callContext())
        return try {
            pool.lease(route, request).exchange(request)
        } catch (_: StaleConnectionException) {
            // The server had closed it before it saw the request, so another one may ask.
            pool.renew(route, request).exchange(request)
        }
    }

    override fun close() {
        super.close()
        pool.close()
    }
}
