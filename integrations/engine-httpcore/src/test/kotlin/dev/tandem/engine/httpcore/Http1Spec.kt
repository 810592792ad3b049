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

/** HTTP/1.1 over real sockets. */
class Http1Spec :
    FunSpec({
        timeout = 60_000

        fun scene(name: String, serve: Peer.(Int) -> Unit, body: suspend Scene.() -> Unit) = test(name) {
            Scene(RawServer(serve = serve)).use { it.body() }
        }

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

        for (context in listOf(null, Keys.server)) {
            val how = if (context == null) "plain" else "under TLS"

            test("a reader that stops makes the server stop, and then gets all, $how") {
                val sent = AtomicLong()
                val blocks = 40 * 16
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
                            sent.get() shouldBeLessThan 12L * 1024 * 1024
                            val rest = body.readBuffer().readByteArray()
                            rest.size shouldBe blocks * BLOCK - 1
                            rest.indices.all { at -> rest[at] == ((at + 1) / BLOCK + (at + 1) % BLOCK).toByte() } shouldBe true
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
                val port = ServerSocket(0).use { it.localPort }
                shouldThrow<java.net.ConnectException> { client.get("http://127.0.0.1:$port/") }.message!! shouldNotContain "timed out"
            }
        }
    })

private const val BLOCK = 0x10000
private const val LARGE = 32 * 1024 * 1024
private const val AT_ONCE_MILLIS = 500L

private fun client() = HttpClient(HttpCore) {
    install(HttpTimeout)
    engine { sslContext = Keys.client }
}

private fun loops() = Thread
    .getAllStackTraces()
    .keys
    .filter { it.name.startsWith("tandem-loop") }
    .toSet()

private class Scene(val server: RawServer) : AutoCloseable {
    val client = client()

    override fun close() {
        client.close()
        server.close()
    }
}

/** Takes no more connections, and refuses none: whoever wants one waits. */
private class FullBacklog : AutoCloseable {
    private val listener = ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))
    private val sockets = List(4) { Socket() }
    val url = "http://127.0.0.1:${listener.localPort}/"

    init {
        for (socket in sockets) runCatching { socket.connect(listener.localSocketAddress, 100) }
    }

    override fun close() {
        sockets.forEach(Socket::close)
        listener.close()
    }
}
