package dev.tandem.engine.httpcore

import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.ktor.client.HttpClient
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.HttpProtocolVersion
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.readBuffer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.io.readByteArray
import org.apache.hc.core5.concurrent.FutureCallback
import org.apache.hc.core5.http.ContentType
import org.apache.hc.core5.http.EntityDetails
import org.apache.hc.core5.http.HttpRequest
import org.apache.hc.core5.http.Message
import org.apache.hc.core5.http.URIScheme
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer
import org.apache.hc.core5.http.nio.support.BasicResponseProducer
import org.apache.hc.core5.http.protocol.HttpContext
import org.apache.hc.core5.http2.HttpVersionPolicy
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy
import org.apache.hc.core5.io.CloseMode
import java.io.IOException
import java.net.InetSocketAddress
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import kotlin.time.Duration.Companion.seconds

internal fun http2Client(isHttp2: Boolean = true) = HttpClient(HttpCore) {
    engine {
        sslContext = Keys.client
        http2 = isHttp2
    }
}

/** HttpCore's own server of both, which says what it hears. */
internal class Echo : AutoCloseable {
    private val server: HttpAsyncServer = H2ServerBootstrap
        .bootstrap()
        .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
        .setTlsStrategy(H2ServerTlsStrategy(Keys.server))
        .register(
            "*",
            object : AsyncServerRequestHandler<Message<HttpRequest, ByteArray>> {
                override fun prepare(request: HttpRequest, entity: EntityDetails?, context: HttpContext) =
                    BasicRequestConsumer(if (entity == null) null else BasicAsyncEntityConsumer())

                override fun handle(
                    message: Message<HttpRequest, ByteArray>,
                    trigger: AsyncServerRequestHandler.ResponseTrigger,
                    context: HttpContext,
                ) = trigger.submitResponse(
                    BasicResponseProducer(200, BasicAsyncEntityProducer(message.body ?: ByteArray(0), ContentType.TEXT_PLAIN)),
                    context,
                )
            },
        ).create()
    val url: String

    init {
        server.start()
        val endpoint = server
            .listen(
                InetSocketAddress("127.0.0.1", 0),
                URIScheme.HTTPS,
                null as FutureCallback<org.apache.hc.core5.reactor.ListenerEndpoint>?,
            ).get()
        url = "https://localhost:${(endpoint.address as InetSocketAddress).port}/"
    }

    override fun close() = server.close(CloseMode.IMMEDIATE)
}

/** The same server with more to say than anyone wants to keep. */
internal class Flood(private val written: CompletableDeferred<Long>) : AutoCloseable {
    private val sent = java.util.concurrent.atomic
        .AtomicLong()
    val count: Long get() = sent.get()
    private val server: HttpAsyncServer = H2ServerBootstrap
        .bootstrap()
        .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
        .setTlsStrategy(H2ServerTlsStrategy(Keys.server))
        .register("/small", handler { BasicAsyncEntityProducer("small".toByteArray(), ContentType.TEXT_PLAIN) })
        .register("/flood", handler { Counting() })
        .create()
    val url: String

    init {
        server.start()
        val endpoint = server
            .listen(
                InetSocketAddress("127.0.0.1", 0),
                URIScheme.HTTPS,
                null as FutureCallback<org.apache.hc.core5.reactor.ListenerEndpoint>?,
            ).get()
        url = "https://localhost:${(endpoint.address as InetSocketAddress).port}/"
    }

    private inner class Counting :
        org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer(0, ContentType.APPLICATION_OCTET_STREAM) {
        private val rest = java.nio.ByteBuffer.wrap(ByteArray(BYTES))

        override fun isRepeatable() = false

        override fun availableData() = rest.remaining()

        override fun produceData(channel: org.apache.hc.core5.http.nio.StreamChannel<java.nio.ByteBuffer>) {
            sent.addAndGet(channel.write(rest).toLong())
            if (!rest.hasRemaining()) channel.endStream()
        }

        override fun failed(cause: Exception) = Unit
    }

    private fun handler(body: () -> org.apache.hc.core5.http.nio.AsyncEntityProducer) =
        object : AsyncServerRequestHandler<Message<HttpRequest, ByteArray>> {
            override fun prepare(request: HttpRequest, entity: EntityDetails?, context: HttpContext) =
                BasicRequestConsumer(if (entity == null) null else BasicAsyncEntityConsumer())

            override fun handle(
                message: Message<HttpRequest, ByteArray>,
                trigger: AsyncServerRequestHandler.ResponseTrigger,
                context: HttpContext,
            ) = trigger.submitResponse(BasicResponseProducer(200, body()), context)
        }

    override fun close() = server.close(CloseMode.IMMEDIATE)

    companion object {
        const val BYTES = 24 * 1024 * 1024
    }
}
