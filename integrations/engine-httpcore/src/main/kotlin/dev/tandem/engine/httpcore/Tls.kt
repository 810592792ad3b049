package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Route
import org.apache.hc.core5.concurrent.FutureCallback
import org.apache.hc.core5.reactor.ProtocolIOSession
import org.apache.hc.core5.reactor.ssl.SSLBufferMode
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine

/** How TLS is begun: the server's certificate must be for the name that was asked for. */
internal class Tls(config: HttpCoreConfig) {
    /** Java's own takes a while to make, and is not needed for plain HTTP. */
    private val context by lazy { config.sslContext ?: SSLContext.getDefault() }
    private val offered = if (config.http2) arrayOf(HTTP_2, HTTP_1_1) else arrayOf(HTTP_1_1)

    /** [onEngine] gets to know who encrypts before anything is sent. */
    fun begin(session: ProtocolIOSession, route: Route, onEngine: (SSLEngine) -> Unit, callback: FutureCallback<TransportSecurityLayer>) {
        val initializer = SSLSessionInitializer { _, engine -> prepare(engine).also { onEngine(engine) } }
        session.startTls(context, route.endpoint, SSLBufferMode.STATIC, initializer, null, null, callback)
    }

    private fun prepare(engine: SSLEngine) {
        engine.sslParameters = engine.sslParameters.apply {
            endpointIdentificationAlgorithm = "HTTPS"
            applicationProtocols = offered
        }
    }

    companion object {
        const val HTTP_2 = "h2"
        private const val HTTP_1_1 = "http/1.1"
    }
}
