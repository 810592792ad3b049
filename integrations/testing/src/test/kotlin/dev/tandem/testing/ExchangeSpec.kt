package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import java.util.concurrent.CountDownLatch

/** Rows that are more than one exchange, or one that no table can write down. */
class ExchangeSpec :
    FunSpec({
        /** A server and a client that have not met yet. */
        suspend fun meet(vararg replies: Reply, test: suspend (AiClient, FakeServer) -> Unit) = FakeServer.start().use { server ->
            server.enqueue(*replies)
            AiClient(OpenAi.compatible(server.url, "sk-test")) {
                model = "fake-1"
                retry = RetryPolicy.NONE
            }.use { test(it, server) }
        }

        fun stream(text: String) = OpenAiReplies.stream(text)

        test("S26a a line of 8 MB") {
            val image = "x".repeat(8 * MIB)
            meet(stream(image)) { client, _ ->
                client
                    .streamText("Hi")
                    .toList()
                    .single()
                    .length shouldBe image.length
            }
        }

        test("S26b a line over the limit") {
            meet(stream("x".repeat(17 * MIB))) { client, _ ->
                shouldThrow<MalformedResponseException> { client.streamText("Hi").toList() }
            }
        }

        test("S29a gzip, flushed after each event") {
            meet(gzipped("a", "b")) { client, _ -> client.streamText("Hi").toList() shouldBe listOf("a", "b") }
        }

        test("S29b gzip that breaks off with its connection") {
            val aHasArrived = CountDownLatch(1)
            meet(gzipped("a", "b").cutAt(gzippedStart("a").size - LAST_CHUNK_BYTES, aHasArrived)) { client, _ ->
                val error = shouldThrow<IncompleteStreamException> { client.streamText("Hi").collect { aHasArrived.countDown() } }
                error.partial.shouldNotBeNull().text shouldBe "a"
            }
        }

        test("S29c gzip that breaks off in a body that is whole") {
            val aHasArrived = CountDownLatch(1)
            val start = gzippedStart("a")
            meet(start.pauseAt(start.size - LAST_CHUNK_BYTES, aHasArrived)) { client, _ ->
                val error = shouldThrow<IncompleteStreamException> { client.streamText("Hi").collect { aHasArrived.countDown() } }
                error.partial.shouldNotBeNull().text shouldBe "a"
            }
        }

        test("H13a a reused connection that is gone: one more try, for free") {
            meet(OpenAiReplies.chat("a"), Reply.silence().cutAt(0), OpenAiReplies.chat("b")) { client, server ->
                client.generate("Hi") shouldBe "a"
                client.generate("Hi") shouldBe "b"
                server.connectionCount shouldBe 2
            }
        }

        test("H13b a new connection that is gone counts") {
            meet(Reply.silence().cutAt(0), OpenAiReplies.chat("b")) { client, server ->
                shouldThrow<ConnectionLostException> { client.generate("Hi") }.isRetryable shouldBe true
                server.requests.size shouldBe 1
            }
        }

        for ((id, breaks) in mapOf("H14a an end" to Reply::cutBeforeEnd, "H14b a reset" to Reply::resetBeforeEnd)) {
            test("$id inside the body, after an event: incomplete, and not tried again") {
                val aHasArrived = CountDownLatch(1)
                meet(breaks(stream("a"), aHasArrived), stream("b")) { client, server ->
                    val error = shouldThrow<IncompleteStreamException> { client.streamText("Hi").collect { aHasArrived.countDown() } }
                    error.partial.shouldNotBeNull().text shouldBe "a"
                    error.cause.shouldNotBeNull()
                    server.requests.size shouldBe 1
                }
            }
        }

        test("H15a 100 Continue and 103 Early Hints come first") {
            val hints = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
            meet(Reply.raw(hints.encodeToByteArray() + raw("a"))) { client, _ -> client.generate("Hi") shouldBe "a" }
        }

        test("H15b chunks with extensions, and trailers behind them") {
            val event = OpenAiReplies.chunks("a").single() + "data: [DONE]\n\n"
            val body = "${event.length.toString(16)};name=value;quoted=\"x y\"\r\n$event\r\n0;last\r\nX-Checksum: 1\r\n\r\n"
            val head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nTrailer: X-Checksum\r\n\r\n"
            meet(Reply.raw((head + body).encodeToByteArray()), OpenAiReplies.chat("b")) { client, server ->
                client.streamText("Hi").toList() shouldBe listOf("a")
                client.generate("Hi") shouldBe "b"
                server.connectionCount shouldBe 1
            }
        }

        test("H19 no upgrade of the protocol is asked for") {
            meet(OpenAiReplies.chat("a"), stream("b")) { client, server ->
                client.generate("Hi")
                client.streamText("Hi").toList()
                for (request in server.requests) {
                    request.header("Upgrade") shouldBe null
                    request.header("HTTP2-Settings") shouldBe null
                    request.header("Connection").orEmpty().lowercase() shouldNotContain "upgrade"
                }
            }
        }
    })

private const val MIB = 1024 * 1024
