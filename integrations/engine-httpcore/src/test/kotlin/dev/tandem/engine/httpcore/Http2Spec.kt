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

/** HTTP/2 under TLS, as ALPN has it. */
class Http2Spec :
    FunSpec({
        timeout = 25_000

        fun client(isHttp2: Boolean = true) = HttpClient(HttpCore) {
            engine {
                sslContext = Keys.client
                http2 = isHttp2
            }
        }

        test("a server that offers both gets HTTP/2, unless it is switched off") {
            Echo().use { server ->
                client().use { client ->
                    val response = client.post(server.url) { setBody("hello") }
                    response.version shouldBe HttpProtocolVersion.HTTP_2_0
                    response.bodyAsText() shouldBe "hello"
                    client.get(server.url).bodyAsText() shouldBe ""
                }
                client(isHttp2 = false).use { client ->
                    val response = client.post(server.url) { setBody("hello") }
                    response.version shouldBe HttpProtocolVersion.HTTP_1_1
                    response.bodyAsText() shouldBe "hello"
                }
            }
        }

        test("headers that HTTP/2 forbids are left out") {
            Echo().use { server ->
                client().use { client ->
                    client
                        .post(server.url) {
                            for (name in listOf("Connection", "Keep-Alive", "Proxy-Connection", "TE")) header(name, "x")
                            setBody("hello")
                        }.bodyAsText() shouldBe "hello"
                }
            }
        }

        test("16 MB go there and back whole") {
            Echo().use { server ->
                client().use { client ->
                    val bytes = ByteArray(16 * 1024 * 1024) { (it * 31).toByte() }
                    client
                        .prepareGet(server.url) {
                            method = io.ktor.http.HttpMethod.Post
                            setBody(bytes)
                        }.execute { it.bodyAsChannel().readBuffer().readByteArray() }
                        .contentEquals(bytes) shouldBe true
                }
            }
        }

        test("50 calls at once share the one connection that the first of them opens") {
            val all = CountDownLatch(50)
            FrameServer { stream ->
                all.countDown()
                if (all.count == 0L) for (each in 1..stream step 2) answer(each, "$each")
            }.use { server ->
                client().use { client ->
                    coroutineScope { (1..50).map { async { client.get(server.url).bodyAsText() } }.awaitAll() }.toSet().size shouldBe 50
                    server.connectionCount shouldBe 1
                }
            }
        }

        test("more than 100 at once, or more than the server takes, open another connection") {
            for ((most, settings, calls) in listOf(Triple(100, ByteArray(0), 150), Triple(10, FrameServer.mostStreams(10), 25))) {
                val atOnce = ConcurrentHashMap<Int, Int>()
                val frames = ConcurrentHashMap.newKeySet<FrameServer.Frames>()
                val go = CountDownLatch(calls)
                FrameServer(settings) { stream ->
                    frames += this
                    if (stream == 1 && number == 1 && most < 100) {
                        // So that its settings are known.
                        answer(1, "first")
                    } else {
                        atOnce.merge(number, 1, Int::plus)
                        go.countDown()
                    }
                }.use { server ->
                    client().use { client ->
                        if (most < 100) client.get(server.url).bodyAsText() shouldBe "first"
                        coroutineScope {
                            val all = (1..calls).map { async(Dispatchers.Default) { client.get(server.url).bodyAsText() } }
                            withContext(Dispatchers.IO) { go.await(20, java.util.concurrent.TimeUnit.SECONDS) } shouldBe true
                            atOnce.values.forEach { it shouldBeLessThan most + 1 }
                            for (each in frames) {
                                val first = if (most < 100 && each.number == 1) 3 else 1
                                for (i in 0 until atOnce.getValue(each.number)) each.answer(first + 2 * i, "ok")
                            }
                            all.awaitAll().forEach { it shouldBe "ok" }
                        }
                        server.connectionCount shouldBe (calls + most - 1) / most
                    }
                }
            }
        }

        test("20 first calls at once to a server of HTTP/1.1 do not wait for each other's handshakes, and all are answered") {
            RawServer(Keys.server) { answerAll() }.use { server ->
                client().use { client -> coroutineScope { repeat(20) { launch { client.get(server.url).bodyAsText() shouldBe "ok" } } } }
            }
        }

        test("a reader that stops holds its own stream only, and then gets all") {
            val written = CompletableDeferred<Long>()
            Flood(written).use { server ->
                client().use { client ->
                    client.prepareGet("${server.url}flood").execute { response ->
                        val body = response.bodyAsChannel()
                        body.readAvailable(ByteArray(1)) shouldBe 1
                        eventually(10.seconds) {
                            val before = server.count
                            client.get("${server.url}small").bodyAsText() shouldBe "small"
                            server.count shouldBe before
                        }
                        println("HTTP/2: the server stopped after ${server.count / 1024} KiB")
                        server.count shouldBeLessThan 2L * 1024 * 1024
                        body.readBuffer().readByteArray().size shouldBe Flood.BYTES - 1
                    }
                }
            }
        }

        for (place in listOf("before the head", "in the body")) {
            test("whoever gives up $place resets its own stream, at once, and no other") {
                val began = CompletableDeferred<Unit>()
                val reset = CompletableDeferred<Int>()
                FrameServer { stream ->
                    onReset = { reset.complete(it) }
                    when (stream) {
                        1 -> {
                            head(1)
                        }

                        3 -> {
                            if (place == "in the body") {
                                head(3)
                                data(3, "x")
                            }
                            began.complete(Unit)
                        }

                        else -> {
                            answer(stream, "$stream")
                            data(1, "one", isLast = true)
                        }
                    }
                }.use { server ->
                    client().use { client ->
                        client.prepareGet(server.url).execute { first ->
                            coroutineScope {
                                val call = launch { client.get(server.url).bodyAsText() }
                                began.await()
                                val start = System.nanoTime()
                                call.cancelAndJoin()
                                reset.await() shouldBe 3
                                println("HTTP/2, $place: reset after ${(System.nanoTime() - start) / 1_000_000} ms")
                                (System.nanoTime() - start) / 1_000_000 shouldBeLessThan 500L
                            }
                            client.get(server.url).bodyAsText() shouldBe "5"
                            first.bodyAsText() shouldBe "one"
                        }
                        server.connectionCount shouldBe 1
                    }
                }
            }
        }

        test("200 calls that were given up leave the connection as good as before") {
            val asked = java.util.concurrent.Semaphore(0)
            FrameServer { stream -> if (stream == 401) answer(stream, "ok") else asked.release() }.use { server ->
                client().use { client ->
                    repeat(200) {
                        coroutineScope {
                            val call = launch { client.get(server.url) }
                            withContext(Dispatchers.IO) { asked.acquire() }
                            call.cancelAndJoin()
                        }
                    }
                    client.get(server.url).bodyAsText() shouldBe "ok"
                    server.connectionCount shouldBe 1
                }
            }
        }

        test("after a farewell what runs is finished, what was not begun is asked again elsewhere, and so are later calls") {
            val two = CountDownLatch(2)
            FrameServer { stream ->
                if (number > 1) {
                    answer(stream, "again")
                } else {
                    two.countDown()
                    if (two.count == 0L) {
                        goAway(1)
                        answer(1, "finished")
                    }
                }
            }.use { server ->
                client().use { client ->
                    coroutineScope { (1..2).map { async { client.get(server.url).bodyAsText() } }.awaitAll() }.toSet() shouldBe
                        setOf("finished", "again")
                    client.get(server.url).bodyAsText() shouldBe "again"
                    server.connectionCount shouldBe 2
                }
            }
        }

        test("a stream that the server refuses is asked for again, once") {
            FrameServer { stream -> if (stream == 1) reset(1, FrameServer.REFUSED) else answer(stream, "$stream") }.use { server ->
                client().use { client -> client.get(server.url).bodyAsText() shouldBe "3" }
            }
            FrameServer { stream -> reset(stream, FrameServer.REFUSED) }.use { server ->
                client().use { client -> shouldThrow<IOException> { client.get(server.url) } }
            }
        }

        test("a reset in mid-stream is a failure after what came before it") {
            val read = CountDownLatch(1)
            FrameServer { stream ->
                head(stream)
                data(stream, "hello")
                read.await()
                reset(stream, 2)
            }.use { server ->
                client().use { client ->
                    client.prepareGet(server.url).execute { response ->
                        val body = response.bodyAsChannel()
                        val some = ByteArray(5)
                        body.readAvailable(some) shouldBe 5
                        String(some) shouldBe "hello"
                        read.countDown()
                        shouldThrow<IOException> {
                            if (body.readAvailable(some) < 0) throw checkNotNull(body.closedCause) { "it ends as if it were whole" }
                        }.message!! shouldContain "reset"
                    }
                }
            }
        }

        test("an idle connection that the server closes, before or on the next request, costs nobody anything") {
            val isClosed = CountDownLatch(1)
            FrameServer { stream ->
                if (number == 1 && stream == 3) {
                    close()
                } else {
                    answer(stream, "$number")
                    if (number == 2) {
                        close()
                        isClosed.countDown()
                    }
                }
            }.use { server ->
                client().use { client ->
                    client.get(server.url).bodyAsText() shouldBe "1"
                    client.get(server.url).bodyAsText() shouldBe "2"
                    withContext(Dispatchers.IO) { isClosed.await() }
                    client.get(server.url).bodyAsText() shouldBe "3"
                }
            }
        }

        test("the end of the engine ends calls of HTTP/2 too") {
            val asked = CountDownLatch(2)
            FrameServer { stream ->
                if (stream == 1) head(1)
                asked.countDown()
            }.use { server ->
                val client = client()
                coroutineScope {
                    val calls = (1..2).map {
                        async(
                            Dispatchers.IO,
                        ) { runCatching { client.get(server.url).bodyAsText() }.exceptionOrNull() }
                    }
                    withContext(Dispatchers.IO) { asked.await() }
                    client.engine.close()
                    calls.forEach { (it.await() != null) shouldBe true }
                }
            }
        }
    })

/** HttpCore's own server of both, which says what it hears. */
private class Echo : AutoCloseable {
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
private class Flood(private val written: CompletableDeferred<Long>) : AutoCloseable {
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
