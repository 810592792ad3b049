package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.wire.Connection
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import io.ktor.client.HttpClient
import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.timeout
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText
import java.io.IOException
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.ProxySelector
import java.net.Socket
import java.net.SocketAddress
import java.net.URI
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.concurrent.thread

/** Ways to a server that lead through another. */
class ProxySpec :
    FunSpec({
        timeout = 30_000

        fun client(type: Proxy.Type, port: Int, isResolved: Boolean = true) = HttpClient(HttpCore) {
            install(HttpTimeout)
            engine {
                sslContext = Keys.client
                proxy =
                    Proxy(
                        type,
                        if (isResolved) InetSocketAddress("127.0.0.1", port) else InetSocketAddress.createUnresolved("localhost", port),
                    )
            }
        }

        test("an HTTP proxy is asked for the whole address, on one connection") {
            RawServer { while (true) answer(request()?.lines()?.take(2)?.joinToString("|") ?: break) }.use { proxy ->
                client(Proxy.Type.HTTP, proxy.port).use { client ->
                    repeat(2) {
                        client.get("http://models.invalid/a?b=c").bodyAsText() shouldBe
                            "GET http://models.invalid/a?b=c HTTP/1.1|Host: models.invalid"
                    }
                    client.get("http://models.invalid:8080").bodyAsText() shouldBe
                        "GET http://models.invalid:8080/ HTTP/1.1|Host: models.invalid:8080"
                    proxy.connectionCount shouldBe 2
                }
            }
        }

        test("an HTTP proxy digs a tunnel for TLS, by its name or its address") {
            val heads = CopyOnWriteArrayList<String>()
            RawServer(Keys.server) { while (true) answer(request()?.lines()?.first() ?: break) }.use { server ->
                RawServer {
                    heads += head()!!
                    say("HTTP/1.1 200 Connection established\r\nVia: me\r\n\r\n")
                    passOn(server.port)
                }.use { proxy ->
                    for (isResolved in listOf(true, false)) {
                        client(Proxy.Type.HTTP, proxy.port, isResolved).use { client ->
                            repeat(2) { client.get("${server.url}x").bodyAsText() shouldBe "GET /x HTTP/1.1" }
                        }
                    }
                    proxy.connectionCount shouldBe 2
                    heads.forEach { it shouldStartWith "CONNECT localhost:${server.port} HTTP/1.1\r\nHost: localhost:${server.port}\r\n" }
                }
            }
        }

        test("a proxy that refuses, hangs up or talks nonsense is named in the failure") {
            for ((said, heard) in mapOf(
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n" to "407 Proxy Authentication Required",
                "HTTP/1.1 200 " to "closed",
                "" to "closed",
                "SSH-2.0-OpenSSH\r\n\r\n" to "SSH-2.0",
                "x".repeat(20_000) to "says more than",
            )) {
                RawServer {
                    head()
                    say(said)
                }.use { proxy ->
                    client(Proxy.Type.HTTP, proxy.port).use { client ->
                        val failure = shouldThrow<IOException> { client.get("https://models.invalid/") }
                        failure.message!! shouldContain heard
                        failure.message!! shouldContain "proxy"
                    }
                }
            }
        }

        test("a proxy that never answers is given the time for connecting") {
            RawServer { awaitEnd() }.use { proxy ->
                for (type in listOf(Proxy.Type.HTTP, Proxy.Type.SOCKS)) {
                    client(type, proxy.port).use { client ->
                        shouldThrow<ConnectTimeoutException> {
                            client.get(
                                "https://models.invalid/",
                            ) { timeout { connectTimeoutMillis = 200 } }
                        }
                    }
                }
            }
        }

        test("a SOCKS proxy passes HTTP and TLS on, and looks names up itself") {
            RawServer { answerAll("plain") }.use { plain ->
                RawServer(Keys.server) { answerAll("secret") }.use { secret ->
                    FakeSocks(mapOf("models.invalid" to plain.port, "localhost" to secret.port)).use { socks ->
                        for (isResolved in listOf(true, false)) {
                            client(Proxy.Type.SOCKS, socks.port, isResolved).use { client ->
                                client.get("http://models.invalid/").bodyAsText() shouldBe "plain"
                                client.get("https://localhost/").bodyAsText() shouldBe "secret"
                                shouldThrow<IOException> { client.get("http://elsewhere.invalid/") }.message!! shouldContain "SOCKS"
                            }
                        }
                    }
                }
            }
        }

        test("Java's proxy selector is asked where no proxy is set") {
            val before = ProxySelector.getDefault()
            RawServer { answerAll("by proxy") }.use { proxy ->
                ProxySelector.setDefault(object : ProxySelector() {
                    override fun select(uri: URI): List<Proxy> = when (uri.authority) {
                        "models_1.invalid:80" -> listOf(Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", proxy.port)))
                        else -> listOf(Proxy.NO_PROXY)
                    }

                    override fun connectFailed(uri: URI, address: SocketAddress, failure: IOException) = Unit
                })
                try {
                    RawServer { answerAll("direct") }.use { server ->
                        HttpClient(HttpCore).use { client ->
                            client.get("http://models_1.invalid/").bodyAsText() shouldBe "by proxy"
                            client.get(server.url).bodyAsText() shouldBe "direct"
                        }
                    }
                } finally {
                    ProxySelector.setDefault(before)
                }
            }
        }
    })

/** Both ways between this client and whoever listens at [port], until one ends. */
private fun Peer.passOn(port: Int) {
    Socket("127.0.0.1", port).use { server ->
        thread(isDaemon = true) {
            runCatching { pour(server.getInputStream(), ::say) }
            close()
        }
        runCatching { pour(input) { server.getOutputStream().write(it) } }
    }
}

private fun pour(from: java.io.InputStream, to: (ByteArray) -> Unit) {
    val some = ByteArray(8 * 1024)
    while (true) {
        val count = from.read(some)
        if (count < 0) return
        to(some.copyOf(count))
    }
}

/** SOCKS 5 without passwords: knows some [names], each of them a port of this machine. */
private class FakeSocks(private val names: Map<String, Int>) : AutoCloseable {
    private val server = RawServer { serve() }
    val port: Int get() = server.port

    private fun Peer.serve() {
        check(input.read() == VERSION) { "not SOCKS 5" }
        input.readNBytes(input.read())
        say(byteArrayOf(VERSION.toByte(), 0))
        val (version, command, _, kind) = input.readNBytes(4).map { it.toInt() }
        check(version == VERSION && command == CONNECT && kind == NAME) { "not a name to connect to: $version $command $kind" }
        val target = names[String(input.readNBytes(input.read()))]
        input.readNBytes(2)
        say(byteArrayOf(VERSION.toByte(), if (target == null) UNREACHABLE else 0, 0, 1, 0, 0, 0, 0, 0, 0))
        target?.let { passOn(it) }
    }

    override fun close() = server.close()

    private companion object {
        const val VERSION = 5
        const val CONNECT = 1
        const val NAME = 3
        const val UNREACHABLE: Byte = 4
    }
}
