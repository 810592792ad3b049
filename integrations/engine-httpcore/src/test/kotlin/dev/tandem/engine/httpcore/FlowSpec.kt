package dev.tandem.engine.httpcore

import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.ktor.client.HttpClient
import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.HttpRequestTimeoutException
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.plugins.timeout
import io.ktor.client.request.get
import io.ktor.client.request.head
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.preparePost
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsBytes
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.content.ChannelWriterContent
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.readBuffer
import io.ktor.utils.io.writeStringUtf8
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.io.readByteArray
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.UnknownHostException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Large bodies either way, slow readers, and those who give up. */
class FlowSpec :
    FunSpec({
        timeout = 60_000

        for (context in listOf(null, Keys.server)) {
            val how = if (context == null) "plain" else "under TLS"

            test("a reader that stops makes the server stop, and then gets all, $how") {
                val sent = AtomicLong()
                val blocks = 128 * 16
                RawServer(context) {
                    request()
                    say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                    repeat(blocks) { i ->
                        say("10000\r\n")
                        say(ByteArray(BLOCK) { (i + it).toByte() })
                        say("\r\n")
                        sent.addAndGet(BLOCK.toLong())
                    }
                    say("0\r\n\r\n")
                    answerAll()
                }.use { server ->
                    client().use { client ->
                        client.prepareGet(server.url) { timeout { socketTimeoutMillis = 1_000 } }.execute { response ->
                            val body = response.bodyAsChannel()
                            val some = ByteArray(1)
                            body.readAvailable(some) shouldBe 1
                            // Two looks with the same result: it stands still.
                            var last = -1L
                            eventually(20.seconds) {
                                val before = last
                                last = sent.get()
                                last shouldBe before
                            }
                            // What a reader has not taken in time is no silence of the server's.
                            withContext(Dispatchers.IO) { CountDownLatch(1).await(2_500, java.util.concurrent.TimeUnit.MILLISECONDS) }
                            println("$how: the server stopped after ${sent.get() / 1024} KiB")
                            // The kernel alone may take 36 MB for a socket.
                            sent.get() shouldBeLessThan 48L * 1024 * 1024
                            var at = 1
                            val piece = ByteArray(BLOCK)
                            while (true) {
                                val size = body.readAvailable(piece)
                                if (size < 0) break
                                repeat(size) { i ->
                                    check(piece[i] == (at / BLOCK + at % BLOCK).toByte()) { "byte $at is wrong" }
                                    at++
                                }
                            }
                            at shouldBe blocks * BLOCK
                        }
                        client.get(server.url).bodyAsText() shouldBe "ok"
                        server.connectionCount shouldBe 1
                    }
                }
            }

            test("32 MB go to a slow server whole, $how") {
                RawServer(context) {
                    head()
                    var sum = 0L
                    val piece = ByteArray(1024 * 1024)
                    repeat(LARGE / piece.size) {
                        input.readNBytes(piece, 0, piece.size)
                        for (byte in piece) sum += byte
                        Thread.yield()
                    }
                    answer("$sum")
                    answerAll()
                }.use { server ->
                    client().use { client ->
                        val body = ByteArray(LARGE) { (it * 31).toByte() }
                        client.post(server.url) { setBody(body) }.bodyAsText() shouldBe "${body.sumOf { it.toLong() }}"
                        client.get(server.url).bodyAsText() shouldBe "ok"
                        server.connectionCount shouldBe 1
                    }
                }
            }

            test("whoever gives up in the midst of a large request is gone at once, $how") {
                val started = CompletableDeferred<Unit>()
                val cancelled = CountDownLatch(1)
                val took = CompletableDeferred<Long>()
                RawServer(context) {
                    head()
                    started.complete(Unit)
                    cancelled.await()
                    took.complete(awaitEnd())
                }.use { server ->
                    client().use { client ->
                        coroutineScope {
                            val call = launch { client.post(server.url) { setBody(ByteArray(LARGE)) } }
                            started.await()
                            call.cancelAndJoin()
                            cancelled.countDown()
                            took.await().also { println("$how, in the request: gone after $it ms") } shouldBeLessThan AT_ONCE_MILLIS
                        }
                    }
                }
            }

            for ((place, said) in mapOf(
                "before the head" to "",
                "within the head" to "HTTP/1.1 200 OK\r\n",
                "in the body" to "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
            )) {
                test("whoever gives up $place is gone at once, $how") {
                    val started = CompletableDeferred<Unit>()
                    val took = CompletableDeferred<Long>()
                    RawServer(context) {
                        request()
                        say(said)
                        started.complete(Unit)
                        took.complete(awaitEnd())
                    }.use { server ->
                        client().use { client ->
                            coroutineScope {
                                val call = launch { client.get(server.url) }
                                started.await()
                                call.cancelAndJoin()
                                took.await().also { println("$how, $place: gone after $it ms") } shouldBeLessThan AT_ONCE_MILLIS
                            }
                        }
                    }
                }
            }
        }

        test("whoever gives up while TLS is agreed upon is gone at once") {
            val started = CompletableDeferred<Unit>()
            val took = CompletableDeferred<Long>()
            RawServer {
                input.read()
                started.complete(Unit)
                took.complete(awaitEnd())
            }.use { server ->
                client().use { client ->
                    coroutineScope {
                        val call = launch { client.get("https://localhost:${server.port}/") }
                        started.await()
                        call.cancelAndJoin()
                        took.await().also { println("in the handshake: gone after $it ms") } shouldBeLessThan AT_ONCE_MILLIS
                    }
                }
            }
        }

        scene("the limit of a whole call holds within its body too", {
            request()
            say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")
            awaitEnd()
        }) {
            val failure = shouldThrow<IOException> {
                client.prepareGet(server.url) { timeout { requestTimeoutMillis = 300 } }.execute { it.bodyAsText() }
            }
            (failure is HttpRequestTimeoutException) shouldBe true
        }

        scene("a server that is silent for too long", {
            request()
            awaitEnd()
        }) {
            shouldThrow<SocketTimeoutException> { client.get(server.url) { timeout { socketTimeoutMillis = 100 } } }
        }

        scene("limits that are infinite do not end a call", { answerAll() }) {
            client
                .get(server.url) {
                    timeout {
                        connectTimeoutMillis = HttpTimeoutConfig.INFINITE_TIMEOUT_MS
                        socketTimeoutMillis = HttpTimeoutConfig.INFINITE_TIMEOUT_MS
                    }
                }.bodyAsText() shouldBe "ok"
        }
    })
