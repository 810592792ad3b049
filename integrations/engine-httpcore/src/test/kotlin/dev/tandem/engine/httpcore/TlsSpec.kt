package dev.tandem.engine.httpcore

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.ktor.client.HttpClient
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText
import java.io.IOException
import java.net.ServerSocket
import java.net.Socket
import javax.net.ssl.SSLException
import javax.net.ssl.SSLSocket
import kotlin.concurrent.thread

/** Whom the engine believes, and when it takes a connection that ends for an answer that ends. */
class TlsSpec :
    FunSpec({
        timeout = 30_000

        fun client() = HttpClient(HttpCore) { engine { sslContext = Keys.client } }

        test("a server that is trusted, on one connection") {
            RawServer(Keys.server) { answerAll() }.use { server ->
                client().use { client ->
                    repeat(3) { client.get(server.url).bodyAsText() shouldBe "ok" }
                    server.connectionCount shouldBe 1
                }
            }
        }

        test("a server of another name is refused, and the failure says so") {
            RawServer(Keys.server) { answerAll() }.use { server ->
                client().use { client ->
                    val failure = shouldThrow<SSLException> { client.get("https://127.0.0.1:${server.port}/") }
                    generateSequence<Throwable>(failure) { it.cause }.joinToString { it.message.orEmpty() } shouldContain "127.0.0.1"
                }
            }
        }

        test("a server that nobody trusts is refused") {
            RawServer(Keys.server) { answerAll() }.use { server ->
                HttpClient(HttpCore).use { client -> shouldThrow<SSLException> { client.get(server.url) } }
            }
        }

        test("a handshake that is cut off, and something else than TLS") {
            RawServer { input.read() }.use { server ->
                client().use { client -> shouldThrow<IOException> { client.get("https://localhost:${server.port}/") } }
            }
            RawServer {
                input.read()
                say("HTTP/1.1 400 Bad Request\r\n\r\n")
                awaitEnd()
            }.use { server ->
                client().use { client -> shouldThrow<SSLException> { client.get("https://localhost:${server.port}/") } }
            }
        }

        for ((name, answer) in mapOf(
            "chunks" to "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "a length" to "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "no end but that of the connection" to "HTTP/1.1 200 OK\r\n\r\nabc",
        )) {
            test("a connection that is cut without a word of TLS leaves a body with $name unfinished") {
                CuttingServer(answer).use { server ->
                    client().use { client -> shouldThrow<IOException> { client.get(server.url).bodyAsText() } }
                }
            }
        }

        test("a connection that ends by TLS ends a body that has no other end") {
            RawServer(Keys.server) {
                request()
                say("HTTP/1.1 200 OK\r\n\r\nabc")
            }.use { server ->
                client().use { client -> client.get(server.url).bodyAsText() shouldBe "abc" }
            }
        }
    })

/** Speaks TLS over a socket that it closes by itself. */
private class CuttingServer(answer: String) : AutoCloseable {
    private val listener = ServerSocket(0)
    val url = "https://localhost:${listener.localPort}/"

    init {
        thread(isDaemon = true) {
            runCatching {
                val below: Socket = listener.accept()
                val tls = Keys.server.socketFactory.createSocket(below, null, below.port, false) as SSLSocket
                tls.useClientMode = false
                val peer = Peer(tls)
                peer.request()
                peer.say(answer)
                below.close()
            }
        }
    }

    override fun close() = listener.close()
}
