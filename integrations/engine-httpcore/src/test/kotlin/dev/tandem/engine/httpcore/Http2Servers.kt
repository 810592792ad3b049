package dev.tandem.engine.httpcore

import io.ktor.client.HttpClient
import org.apache.hc.core5.concurrent.FutureCallback
import org.apache.hc.core5.http.ContentType
import org.apache.hc.core5.http.EntityDetails
import org.apache.hc.core5.http.HttpRequest
import org.apache.hc.core5.http.Message
import org.apache.hc.core5.http.URIScheme
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer
import org.apache.hc.core5.http.nio.AsyncEntityProducer
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler
import org.apache.hc.core5.http.nio.StreamChannel
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer
import org.apache.hc.core5.http.nio.support.BasicResponseProducer
import org.apache.hc.core5.http.protocol.HttpContext
import org.apache.hc.core5.http2.HttpVersionPolicy
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy
import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.ListenerEndpoint
import java.net.InetSocketAddress
import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicLong

internal fun http2Client(isHttp2: Boolean = true) = HttpClient(HttpCore) {
    engine {
        sslContext = Keys.client
        http2 = isHttp2
    }
}

/** HttpCore's own server of both, which says what it hears. */
internal class Echo : Http2Peer("*" to { BasicAsyncEntityProducer(it, ContentType.TEXT_PLAIN) })

/** The same server with more to say than anyone wants to keep. */
internal class Flood : AutoCloseable {
    private val sent = AtomicLong()
    private val peer =
        Http2Peer(
            "/small" to { BasicAsyncEntityProducer("small".toByteArray(), ContentType.TEXT_PLAIN) },
            "/flood" to { Counting() },
        )
    val count: Long get() = sent.get()
    val url: String get() = peer.url

    override fun close() = peer.close()

    private inner class Counting : AbstractBinAsyncEntityProducer(0, ContentType.APPLICATION_OCTET_STREAM) {
        private val rest = ByteBuffer.wrap(ByteArray(BYTES))

        override fun isRepeatable() = false

        override fun availableData() = rest.remaining()

        override fun produceData(channel: StreamChannel<ByteBuffer>) {
            sent.addAndGet(channel.write(rest).toLong())
            if (!rest.hasRemaining()) channel.endStream()
        }

        override fun failed(cause: Exception) = Unit
    }

    companion object {
        const val BYTES = 24 * 1024 * 1024
    }
}

/** HttpCore's own server, under TLS: to each path an answer made of what was asked. */
internal open class Http2Peer(vararg answers: Pair<String, (ByteArray) -> AsyncEntityProducer>) : AutoCloseable {
    private val server: HttpAsyncServer = H2ServerBootstrap
        .bootstrap()
        .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
        .setTlsStrategy(H2ServerTlsStrategy(Keys.server))
        .apply { answers.forEach { (path, answer) -> register(path, handler(answer)) } }
        .create()
    val url: String

    init {
        server.start()
        val noCallback: FutureCallback<ListenerEndpoint>? = null
        val endpoint = server.listen(InetSocketAddress("127.0.0.1", 0), URIScheme.HTTPS, noCallback).get()
        url = "https://localhost:${(endpoint.address as InetSocketAddress).port}/"
    }

    private fun handler(answer: (ByteArray) -> AsyncEntityProducer) = object : AsyncServerRequestHandler<Message<HttpRequest, ByteArray>> {
        override fun prepare(request: HttpRequest, entity: EntityDetails?, context: HttpContext) =
            BasicRequestConsumer(if (entity == null) null else BasicAsyncEntityConsumer())

        override fun handle(
            message: Message<HttpRequest, ByteArray>,
            trigger: AsyncServerRequestHandler.ResponseTrigger,
            context: HttpContext,
        ) = trigger.submitResponse(BasicResponseProducer(200, answer(message.body ?: ByteArray(0))), context)
    }

    override fun close() = server.close(CloseMode.IMMEDIATE)
}
