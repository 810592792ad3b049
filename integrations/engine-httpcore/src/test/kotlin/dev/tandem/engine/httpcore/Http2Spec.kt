package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Connection
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

        test("a server that offers both gets HTTP/2, unless it is switched off") {
            Echo().use { server ->
                http2Client().use { client ->
                    val response = client.post(server.url) { setBody("hello") }
                    response.version shouldBe HttpProtocolVersion.HTTP_2_0
                    response.bodyAsText() shouldBe "hello"
                    client.get(server.url).bodyAsText() shouldBe ""
                }
                http2Client(isHttp2 = false).use { client ->
                    val response = client.post(server.url) { setBody("hello") }
                    response.version shouldBe HttpProtocolVersion.HTTP_1_1
                    response.bodyAsText() shouldBe "hello"
                }
            }
        }

        test("headers that HTTP/2 forbids are left out") {
            Echo().use { server ->
                http2Client().use { client ->
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
                http2Client().use { client ->
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
                http2Client().use { client ->
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
                    http2Client().use { client ->
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
                http2Client().use { client ->
                    coroutineScope { repeat(20) { launch { client.get(server.url).bodyAsText() shouldBe "ok" } } }
                }
            }
        }

        test("a reader that stops holds its own stream only, and then gets all") {
            Flood().use { server ->
                http2Client().use { client ->
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
    })
