package dev.tandem

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.ConnectionRefusedException
import dev.tandem.error.ContextLengthException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.ForbiddenException
import dev.tandem.error.HostNotFoundException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotFoundException
import dev.tandem.error.OverloadedException
import dev.tandem.error.QuotaExceededException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.TlsException
import dev.tandem.error.UnauthorizedException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.options
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import dev.tandem.testing.SelfSigned
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import java.util.concurrent.CountDownLatch
import kotlin.reflect.KClass

/** Over real sockets: whatever goes wrong has a type of its own, says what to do, and keeps the key to itself. */
class ErrorsSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(clientOf(server))

        /** The plain call and the stream fail alike. */
        suspend fun failureOf(reply: Reply): AiException {
            server.enqueue(reply, reply)
            val plain = shouldThrow<AiException> { client.generate("Hi") }
            val streamed = shouldThrow<AiException> { client.stream("Hi").toList() }
            streamed::class shouldBe plain::class
            return plain
        }

        fun AiException.keepsTheKey() {
            generateSequence<Throwable>(this) { it.cause }.forEach { it.toString() shouldNotContain KEY }
            excerpt.orEmpty() shouldNotContain KEY
            stackTraceToString() shouldNotContain KEY
        }

        class Row(val name: String, val reply: Reply, val type: KClass<out AiException>, val isRetryable: Boolean, val says: String)

        val rows =
            listOf(
                Row(
                    "wrong key",
                    OpenAiReplies.error(401, "Incorrect API key provided: $KEY", "invalid_request_error", "invalid_api_key"),
                    UnauthorizedException::class,
                    false,
                    "Check the API key",
                ),
                Row("forbidden", OpenAiReplies.error(403, "Not for you", "x", null), ForbiddenException::class, false, "Not for you"),
                Row(
                    "unknown model",
                    OpenAiReplies.error(404, "The model `x` does not exist", "invalid_request_error", "model_not_found"),
                    ModelNotFoundException::class,
                    false,
                    "The model `x`",
                ),
                Row("unknown path", Reply.error(404, """{"detail":"Not Found"}"""), NotFoundException::class, false, "Check the base URL"),
                Row(
                    "bad request",
                    OpenAiReplies.error(400, "no", "invalid_request_error", null),
                    InvalidRequestException::class,
                    false,
                    "no",
                ),
                Row(
                    "validation",
                    Reply.error(422, """{"detail":[{"loc":["body","prompt"],"msg":"Field required"}]}"""),
                    InvalidRequestException::class,
                    false,
                    "body.prompt: Field required",
                ),
                Row(
                    "too long",
                    OpenAiReplies.error(400, "too long", "invalid_request_error", "context_length_exceeded"),
                    ContextLengthException::class,
                    false,
                    "too long",
                ),
                Row(
                    "rate limit",
                    OpenAiReplies.error(429, "slow down", "requests", "rate_limit_exceeded"),
                    RateLimitedException::class,
                    true,
                    "slow down",
                ),
                Row(
                    "no money",
                    OpenAiReplies.error(429, "pay", "insufficient_quota", "insufficient_quota"),
                    QuotaExceededException::class,
                    false,
                    "pay",
                ),
                Row(
                    "server error",
                    Reply.of(502, "text/html", "<html>bad gateway for $KEY</html>"),
                    ServerException::class,
                    true,
                    "bad gateway",
                ),
                Row(
                    "overloaded",
                    Reply.error(529, """{"error":{"type":"overloaded_error","message":"Overloaded"}}"""),
                    OverloadedException::class,
                    true,
                    "Overloaded",
                ),
                Row(
                    "web page with 200",
                    Reply.of(200, "text/html", "<html>login</html>", "x-request-id", "req-1"),
                    UnexpectedContentException::class,
                    true,
                    "<html>login</html>",
                ),
                Row("empty body", Reply.json("", "x-request-id", "req-1"), EmptyResponseException::class, true, "empty body"),
                Row(
                    "redirect",
                    Reply.of(302, "text/plain", "", "Location", "https://elsewhere.example/"),
                    UnexpectedContentException::class,
                    true,
                    "https://elsewhere.example/",
                ),
                Row(
                    "error with 200",
                    Reply.json("""{"error":{"message":"sorry","type":"server_error"}}"""),
                    ServerException::class,
                    true,
                    "sorry",
                ),
            )

        for (row in rows) {
            test("${row.name} is ${row.type.simpleName}") {
                val error = failureOf(row.reply)
                error::class shouldBe row.type
                error.isRetryable shouldBe row.isRetryable
                error.message!! shouldContain row.says
                error.keepsTheKey()
            }
        }

        test("status, code, request id and excerpt are kept") {
            val error = failureOf(OpenAiReplies.error(404, "The model `x` does not exist", "invalid_request_error", "model_not_found"))
            error.status shouldBe 404
            error.code shouldBe "model_not_found"
            error.requestId shouldBe "req-1"
            error.message!! shouldContain "req-1"
            error.excerpt!! shouldContain "does not exist"
            failureOf(Reply.error(429, "{}", "Retry-After", "2.5")).retryAfterMillis shouldBe 2500
        }

        test("nothing listens") {
            RefusingPort().use { closed ->
                clientAt(closed.url).use { unreachable ->
                    shouldThrow<ConnectionRefusedException> { unreachable.generate("Hi") }.message!! shouldContain
                        "127.0.0.1:${closed.port}"
                    shouldThrow<ConnectionRefusedException> { unreachable.stream("Hi").toList() }.keepsTheKey()
                }
            }
        }

        test("unknown host") {
            clientAt("http://no-such-host.invalid/v1").use {
                shouldThrow<HostNotFoundException> { it.generate("Hi") }.message!! shouldContain "no-such-host.invalid"
            }
        }

        test("a certificate that nobody trusts") {
            FakeServer.startTls(SelfSigned.context()).use { tls ->
                clientOf(tls).use { client ->
                    shouldThrow<TlsException> { client.generate("Hi") }.isRetryable shouldBe false
                    shouldThrow<TlsException> { client.stream("Hi").toList() }.keepsTheKey()
                }
            }
        }

        test("the connection breaks: before the head, within a plain answer, within a stream") {
            val plain = OpenAiReplies.chat("x".repeat(1000))
            for (broken in listOf(plain.resetAt(0), plain.cutAt(10), plain.cutAt(plain.size - 1), plain.resetAt(plain.size - 1))) {
                // The engine may try a second time on its own when nothing at all came back.
                server.always(broken)
                shouldThrow<ConnectionLostException> { client.generate("Hi") }.keepsTheKey()
            }
            val stream = OpenAiReplies.stream("one", "two")
            for (breaks in listOf<Reply.(CountDownLatch) -> Reply>({ cutAt(size - 300, it) }, { resetAt(size - 300, it) })) {
                val oneHasArrived = CountDownLatch(1)
                server.enqueue(stream.breaks(oneHasArrived))
                val error = shouldThrow<IncompleteStreamException> { client.streamText("Hi").collect { oneHasArrived.countDown() } }
                error.partial!!.text shouldStartWith "one"
                error.keepsTheKey()
            }
        }

        test("the timeout of a call") {
            server.enqueue(Reply.silence())
            val error = shouldThrow<TimeLimitException> { client.generate("Hi", options { timeoutMillis(500) }) }
            error.limitMillis shouldBe 500
            error.message!! shouldContain "500ms"
            server.awaitHangUp()
        }

        test("no key in any toString") {
            listOf(OpenAi(KEY), client, OpenAi.compatible(server.url, KEY)).forEach { it.toString() shouldNotContain KEY }
            options { header("Authorization", "Bearer $KEY") }.toString() shouldNotContain KEY
            shouldThrow<IllegalArgumentException> { OpenAi("$KEY\n") }.message!! shouldNotContain KEY
        }
    })

private fun clientAt(url: String) = AiClient(OpenAi.compatible(url, KEY)) {
    model = "fake-1"
    retry = RetryPolicy.NONE
}
