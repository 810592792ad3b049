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

/** How streams and connections of HTTP/2 end. */
class Http2EndsSpec :
    FunSpec({
        timeout = 25_000

        test("a server that changes its settings later keeps its connection") {
            FrameServer { stream ->
                settings(FrameServer.mostStreams(50))
                answer(stream, "ok")
            }.use { server ->
                client().use { client -> repeat(3) { client.get(server.url).bodyAsText() shouldBe "ok" } }
                server.connectionCount shouldBe 1
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
                    http2Client().use { client ->
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
                http2Client().use { client ->
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
                http2Client().use { client ->
                    coroutineScope { (1..2).map { async { client.get(server.url).bodyAsText() } }.awaitAll() }.toSet() shouldBe
                        setOf("finished", "again")
                    client.get(server.url).bodyAsText() shouldBe "again"
                    server.connectionCount shouldBe 2
                }
            }
        }

        test("a stream that the server refuses is asked for again, once") {
            FrameServer { stream -> if (stream == 1) reset(1, FrameServer.REFUSED) else answer(stream, "$stream") }.use { server ->
                http2Client().use { client -> client.get(server.url).bodyAsText() shouldBe "3" }
            }
            FrameServer { stream -> reset(stream, FrameServer.REFUSED) }.use { server ->
                http2Client().use { client -> shouldThrow<IOException> { client.get(server.url) } }
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
                http2Client().use { client ->
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
                http2Client().use { client ->
                    client.get(server.url).bodyAsText() shouldBe "1"
                    client.get(server.url).bodyAsText() shouldBe "2"
                    withContext(Dispatchers.IO) { isClosed.await() }
                    client.get(server.url).bodyAsText() shouldBe "3"
                }
            }
        }

        test("whoever asks again while the loop still tells of the end is asking on a connection that has nothing to do") {
            FrameServer { stream -> if (number == 1 && stream == 3) close() else answer(stream, "$number") }.use { server ->
                http2Client().use { client ->
                    // On the loop itself, within the end of the first answer.
                    withContext(Dispatchers.Unconfined) {
                        client.get(server.url).bodyAsText() shouldBe "1"
                        client.get(server.url).bodyAsText() shouldBe "2"
                    }
                }
            }
        }

        test("the end of the engine ends calls of HTTP/2 too") {
            val asked = CountDownLatch(2)
            FrameServer { stream ->
                if (stream == 1) head(1)
                asked.countDown()
            }.use { server ->
                val client = http2Client()
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
