package dev.tandem.engine.httpcore

import dev.tandem.RefusingPort
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

/** What ends by itself, what is refused, and how addresses are found. */
class LimitsSpec :
    FunSpec({
        timeout = 60_000

        test("the limit of connecting: TCP, and TLS that never ends") {
            FullBacklog().use { full ->
                client().use { client ->
                    shouldThrow<ConnectTimeoutException> { client.get(full.url) { timeout { connectTimeoutMillis = 200 } } }
                }
            }
            RawServer { awaitEnd() }.use { mute ->
                client().use { client ->
                    shouldThrow<ConnectTimeoutException> {
                        client.get("https://localhost:${mute.port}/") { timeout { connectTimeoutMillis = 200 } }
                    }
                }
            }
        }

        test("calls that wait for one to connect do not wait for its failure one after the other") {
            RawServer { awaitEnd() }.use { mute ->
                client().use { client ->
                    val start = System.nanoTime()
                    coroutineScope {
                        repeat(20) {
                            launch {
                                shouldThrow<ConnectTimeoutException> {
                                    client.get("https://localhost:${mute.port}/") { timeout { connectTimeoutMillis = 500 } }
                                }
                            }
                        }
                    }
                    (System.nanoTime() - start) / 1_000_000 shouldBeLessThan 4_000L
                }
            }
        }

        test("the end of the engine ends calls that connect, wait and read, and its threads") {
            val waiting = CountDownLatch(2)
            RawServer {
                val isBody = "/body" in request()!!
                if (isBody) say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")
                waiting.countDown()
                awaitEnd()
            }.use { server ->
                FullBacklog().use { full ->
                    val others = loops()
                    val client = client()
                    coroutineScope {
                        val calls = listOf(full.url, server.url, "${server.url}body").map { url ->
                            async(Dispatchers.IO) { runCatching { client.get(url).bodyAsText() }.exceptionOrNull() }
                        }
                        withContext(Dispatchers.IO) { waiting.await() }
                        (loops() - others).isNotEmpty() shouldBe true
                        client.engine.close()
                        calls.forEach { (it.await() != null) shouldBe true }
                    }
                    eventually(5.seconds) { loops() - others shouldBe emptySet() }
                    shouldThrow<IllegalStateException> { client.get(server.url) }
                }
            }
        }

        test("a connection that nobody uses is closed when its time is over") {
            val took = CompletableDeferred<Long>()
            RawServer {
                request()
                answer("ok")
                took.complete(awaitEnd())
            }.use { server ->
                HttpClient(HttpCore) { engine { keepAlive = 100.milliseconds } }.use { client ->
                    client.get(server.url).bodyAsText() shouldBe "ok"
                    took.await() shouldBeLessThan 5_000L
                }
            }
        }

        val read = CountDownLatch(1)
        scene("what came before a reset is handed out before the failure", {
            request()
            say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
            read.await()
            reset()
        }) {
            client.prepareGet(server.url).execute { response ->
                val body = response.bodyAsChannel()
                val bytes = ByteArray(9)
                var count = body.readAvailable(bytes)
                read.countDown()
                shouldThrow<IOException> {
                    while (count < 9) {
                        val more = body.readAvailable(bytes, count, 9 - count)
                        if (more < 0) throw body.closedCause ?: IllegalStateException("it ends as if it were whole")
                        count += more
                    }
                }
                String(bytes, 0, count) shouldBe "hello"
            }
        }

        scene("bodies that are channels", {
            while (true) answer(request()?.substringAfter("\r\n\r\n") ?: break)
        }) {
            client
                .post(server.url) {
                    setBody(object : OutgoingContent.ReadChannelContent() {
                        override fun readFrom() = ByteReadChannel("read")
                    })
                }.bodyAsText() shouldBe "read"
            client.post(server.url) { setBody(ChannelWriterContent({ writeStringUtf8("written") }, null)) }.bodyAsText() shouldBe "written"
            val mine = IllegalArgumentException("mine")
            val failure = shouldThrow<Exception> { client.post(server.url) { setBody(ChannelWriterContent({ throw mine }, null)) } }
            generateSequence<Throwable>(failure) { it.cause }.any { it.message == "mine" } shouldBe true
            server.connectionCount shouldBe 1
        }

        scene("headers with several values, both ways", {
            while (true) {
                val got = request() ?: break
                answer(
                    got.lineSequence().filter { it.startsWith("X-Many") }.joinToString("|"),
                    "Set-Cookie: a=1",
                    "X-One: b, c",
                    "set-cookie: d=2",
                )
            }
        }) {
            val response = client.get(server.url) {
                header("X-Many", "1")
                header("X-Many", "2")
            }
            response.bodyAsText() shouldBe "X-Many: 1|X-Many: 2"
            response.headers.getAll("Set-Cookie") shouldBe listOf("a=1", "d=2")
            response.headers["x-one"] shouldBe "b, c"
            response.headers.names() shouldBe setOf("Set-Cookie", "X-One", "Content-Length")
        }

        scene("HEAD has no body, POST says that it has none", {
            while (true) {
                val got = request() ?: break
                if (got.startsWith("HEAD")) {
                    say("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n")
                } else {
                    answer(
                        got.lines().first {
                            "ength" in
                                it
                        },
                    )
                }
            }
        }) {
            client.head(server.url).headers["Content-Length"] shouldBe "7"
            client.post(server.url).bodyAsText() shouldBe "Content-Length: 0"
            server.connectionCount shouldBe 1
        }

        test("a literal address of IPv6, where the machine has one") {
            val loopback = InetAddress.getByName("::1")
            val server =
                runCatching {
                    RawServer(
                        host = loopback,
                    ) { while (true) answer(request()?.lines()?.first { it.startsWith("Host") } ?: break) }
                }.getOrNull() ?: return@test
            server.use {
                client().use { client ->
                    client.get("http://[::1]:${server.port}/").bodyAsText() shouldBe "Host: [::1]:${server.port}"
                }
            }
        }

        test("an unknown host, with an underscore or not, and a port where nobody listens") {
            client().use { client ->
                shouldThrow<UnknownHostException> { client.get("http://no-such-host.invalid/") }.message!! shouldContain
                    "no-such-host.invalid"
                shouldThrow<UnknownHostException> { client.get("http://no_such_host.invalid/") }.message!! shouldContain
                    "no_such_host.invalid"
                RefusingPort().use { closed ->
                    shouldThrow<java.net.ConnectException> { client.get(closed.url) }.message!! shouldNotContain "timed out"
                }
            }
        }
    })
