package dev.tandem.platform

import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.utils.io.InternalAPI
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.withContext
import okhttp3.ConnectionPool
import okhttp3.Dispatcher
import java.util.concurrent.ExecutorService
import java.util.concurrent.SynchronousQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/**
 * The default engine. OkHttp left alone makes 5 calls at once per host, gives up on an answer that pauses for 10 s, and
 * under Ktor lets the bodies of streams wait for one of 64 threads; none of that suits a model. See docs/design/002.
 * It tells how far each exchange has come, so all timers are ours and OkHttp's own are off.
 */
@OptIn(InternalAPI::class)
internal class OkHttpEngine : HttpClientEngineBase("tandem-okhttp") {
    private val threads = newThreads()
    private val okHttp = newOkHttp(threads)

    override val config: HttpClientEngineConfig get() = okHttp.config

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val phases = data.attributes.getOrNull(Phases.KEY) ?: return okHttp.execute(data)
        return withContext(CallPhases(phases)) { okHttp.execute(data) }
    }

    override fun close() {
        super.close()
        okHttp.close()
    }
}

private fun newOkHttp(threads: ExecutorService): HttpClientEngine = OkHttp.create {
    dispatcher = threads.asCoroutineDispatcher()
    config {
        // Closing the engine shuts these threads down.
        dispatcher(
            Dispatcher(threads).apply {
                maxRequests = Int.MAX_VALUE
                maxRequestsPerHost = Int.MAX_VALUE
            },
        )
        connectionPool(ConnectionPool(MAX_IDLE_CONNECTIONS, KEEP_ALIVE_MINUTES, TimeUnit.MINUTES))
        eventListenerFactory { CallPhases.listener() }
        connectTimeout(0, TimeUnit.SECONDS)
        readTimeout(0, TimeUnit.SECONDS)
        writeTimeout(0, TimeUnit.SECONDS)
    }
}

/** A thread for each open body: OkHttp reads blocking. They are daemons and end soon after their work. */
private fun newThreads(): ExecutorService {
    val count = AtomicInteger()
    return ThreadPoolExecutor(0, Int.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, SynchronousQueue()) { task ->
        Thread(task, "tandem-io-${count.incrementAndGet()}").apply { isDaemon = true }
    }
}

private const val MAX_IDLE_CONNECTIONS = 256
private const val KEEP_ALIVE_MINUTES = 5L
private const val IDLE_THREAD_SECONDS = 10L
