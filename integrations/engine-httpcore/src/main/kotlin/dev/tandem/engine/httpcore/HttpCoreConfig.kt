package dev.tandem.engine.httpcore

import io.ktor.client.engine.HttpClientEngineConfig
import javax.net.ssl.SSLContext
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes

/** What [HttpCore] is made of. Its `proxy`, where none is set, is what Java's `ProxySelector` says. */
public class HttpCoreConfig : HttpClientEngineConfig() {
    /** Threads that move bytes; they never wait for one answer, so a few serve thousands. */
    public var loops: Int = Runtime.getRuntime().availableProcessors().coerceIn(1, MOST_LOOPS)
        set(value) {
            require(value > 0) { "loops must be positive, but is $value" }
            field = value
        }

    /** How long a connection is kept that nobody uses. */
    public var keepAlive: Duration = 5.minutes
        set(value) {
            require(value.isPositive()) { "keepAlive must be positive, but is $value" }
            field = value
        }

    /** Whom to trust; null for what Java trusts. */
    public var sslContext: SSLContext? = null

    /** Whether to speak HTTP/2 where the server offers it under TLS. */
    public var http2: Boolean = true

    private companion object {
        const val MOST_LOOPS = 4
    }
}
