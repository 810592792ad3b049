package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Connection
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

/** Which connections are used again, and what a stale one costs. */
class ReuseSpec :
    FunSpec({
        timeout = 60_000

        scene("a connection is used again", { answerAll() }) {
            repeat(5) { client.get(server.url).bodyAsText() shouldBe "ok" }
            server.connectionCount shouldBe 1
        }

        scene("calls at once have a connection each, and leave them for later calls", { answerAll() }) {
            coroutineScope { repeat(20) { launch { client.get(server.url).bodyAsText() } } }
            val before = server.connectionCount
            coroutineScope { repeat(before) { launch { client.get(server.url).bodyAsText() } } }
            server.connectionCount shouldBe before
        }

        val closed = CountDownLatch(1)
        scene("a connection that the server has closed meanwhile is not used", {
            request()
            answer("$it")
            if (it == 1) {
                close()
                closed.countDown()
            } else {
                awaitEnd()
            }
        }) {
            client.get(server.url).bodyAsText() shouldBe "1"
            withContext(Dispatchers.IO) { closed.await() }
            client.get(server.url).bodyAsText() shouldBe "2"
            server.connectionCount shouldBe 2
        }

        val asked = AtomicInteger()
        scene("a kept connection that closes on the second request costs one free retry on a new one", {
            request()
            asked.incrementAndGet()
            answer("$it")
            if (request() != null) asked.incrementAndGet()
        }) {
            client.post(server.url) { setBody("a") }.bodyAsText() shouldBe "1"
            client.post(server.url) { setBody("b") }.bodyAsText() shouldBe "2"
            server.connectionCount shouldBe 2
            asked.get() shouldBe 3
        }

        scene("no retry on a new connection", { request() }) {
            shouldThrow<IOException> { client.post(server.url) { setBody("a") } }
            server.connectionCount shouldBe 1
        }

        scene("no retry after a byte of an answer", {
            request()
            answer("$it")
            request()
            say("H")
        }) {
            client.get(server.url).bodyAsText() shouldBe "1"
            shouldThrow<IOException> { client.get(server.url) }
            server.connectionCount shouldBe 1
        }

        scene("no retry of a retry", {
            if (it == 1) {
                request()
                answer("1")
            }
            request()
        }) {
            client.get(server.url).bodyAsText() shouldBe "1"
            shouldThrow<IOException> { client.get(server.url) }
            server.connectionCount shouldBe 2
        }

        scene("no retry when time runs out", {
            request()
            answer("$it")
            request()
            awaitEnd()
        }) {
            client.get(server.url).bodyAsText() shouldBe "1"
            shouldThrow<SocketTimeoutException> { client.get(server.url) { timeout { socketTimeoutMillis = 100 } } }
            server.connectionCount shouldBe 1
        }

        for ((name, answer) in mapOf(
            "is followed by garbage" to "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokgarbage",
            "says close" to "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
            "is of HTTP/1.0" to "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        )) {
            scene("the connection of an answer that $name is not used again", {
                request()
                say(answer)
                awaitEnd()
            }) {
                repeat(3) { client.get(server.url).bodyAsText() shouldBe "ok" }
                server.connectionCount shouldBe 3
            }
        }

        scene("a caller who says close gets a connection for that call alone", {
            while (true) answer(if ("Connection: close" in (request() ?: break)) "last" else "kept")
        }) {
            client.get(server.url).bodyAsText() shouldBe "kept"
            client.get(server.url) { header("Connection", "close") }.bodyAsText() shouldBe "last"
            server.connectionCount shouldBe 1
        }
    })
