package dev.tandem.testing

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.net.InetAddress
import java.net.Socket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

/** Seen by a client that is not ours. */
class FakeServerSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

        fun ask() = http.send(HttpRequest.newBuilder(URI("${server.url}/models?limit=1")).build(), BodyHandlers.ofString())

        test("a body in pieces or in chunks is the same body, and the connection lives on") {
            val pieces = listOf("a", "", "ä").map(String::encodeToByteArray)
            server.enqueue(
                Reply.inPieces(418, "text/plain; charset=utf-8", pieces, "x-tea", "green"),
                Reply.inChunks(200, "text/plain; charset=utf-8", pieces),
            )
            ask().run {
                statusCode() shouldBe 418
                body() shouldBe "aä"
                headers().firstValue("x-tea").get() shouldBe "green"
            }
            ask().body() shouldBe "aä"
            server.connectionCount shouldBe 1
            server.awaitRequest().path shouldBe "/v1/models?limit=1"
        }

        test("no content is no body") {
            server.enqueue(Reply.of(204, "application/json", ""))
            ask().statusCode() shouldBe 204
        }

        test("a client that had asked before the last answer was over is seen to hang up, too") {
            FakeServer.start().use { fresh ->
                fresh.enqueue(Reply.of(200, "text/plain", "a"), Reply.linesThenHold(listOf("b")))
                Socket(InetAddress.getLoopbackAddress(), fresh.port).use { socket ->
                    socket.getOutputStream().write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n".encodeToByteArray())
                    fresh.awaitRequest().path shouldBe "/1"
                    fresh.awaitRequest().path shouldBe "/2"
                }
                fresh.awaitHangUp()
            }
        }

        test("a port may be asked for") {
            // Somebody else may take it in between.
            fun again(free: Int) = runCatching { FakeServer.start(free).use { it.port } }.getOrNull() == free
            generateSequence { FakeServer.start().use { it.port } }.take(10).any(::again) shouldBe true
        }
    })
