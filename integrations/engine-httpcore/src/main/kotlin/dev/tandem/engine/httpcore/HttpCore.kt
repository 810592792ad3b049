package dev.tandem.engine.httpcore

import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.HttpClientEngineFactory

/**
 * A Ktor engine on a few event-loop threads: HTTP/1.1 and HTTP/2, TLS, proxies, and no thread that waits for an answer.
 * Tandem takes it by itself when it is on the class path; elsewhere it is `HttpClient(HttpCore)`.
 */
public object HttpCore : HttpClientEngineFactory<HttpCoreConfig> {
    /** Opens nothing before the first request. */
    override fun create(block: HttpCoreConfig.() -> Unit): HttpClientEngine = HttpCoreEngine(HttpCoreConfig().apply(block))
}
