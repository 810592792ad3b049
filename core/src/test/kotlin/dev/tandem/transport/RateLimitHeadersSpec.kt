package dev.tandem.transport

import dev.tandem.AiClient
import dev.tandem.answering
import dev.tandem.clientOf
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.RateLimitedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.RateLimits
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.ktor.http.headersOf
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What servers say of their limits. */
class RateLimitHeadersSpec :
    FunSpec({
        fun limits(vararg headers: String): RateLimits? = rateLimitsOf(FedHead(200, headers.toList()))

        for ((reset, expected) in listOf(
            "6m0s" to 360.seconds,
            "350ms" to 350.milliseconds,
            "1h2m3.5s" to 3723.5.seconds,
            "59.70" to 59.7.seconds,
            "0" to Duration.ZERO,
            "soon" to null,
            "-3" to null,
            "Infinity" to null,
            "1e300" to null,
            "" to null,
        )) {
            test("H08 tokens are reset after '$reset'") {
                limits("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", reset)!!.tokens!!.let {
                    it.remaining shouldBe 0
                    it.resetAfter shouldBe expected
                    it.resetAfterMillis shouldBe expected?.inWholeMilliseconds
                }
            }
        }

        test("H08 a moment counts from the server's own clock") {
            limits(
                "anthropic-ratelimit-tokens-limit",
                "80000",
                "anthropic-ratelimit-tokens-remaining",
                "79000",
                "anthropic-ratelimit-tokens-reset",
                "2026-01-01T00:00:30Z",
                "Date",
                "Thu, 01 Jan 2026 00:00:00 GMT",
            )!!.tokens!!.let { listOf(it.limit, it.remaining, it.resetAfter) } shouldBe listOf(80_000L, 79_000L, 30.seconds)
        }

        test("H08 of several windows the first") {
            limits("x-ratelimit-limit", "1000, 1000;w=1")!!.requests!!.limit shouldBe 1000
            limits("x-ratelimit-limit-requests", "500", "x-ratelimit-limit", "7")!!.requests!!.limit shouldBe 500
        }

        test("H08 what cannot be read is as if it were not there") {
            limits() shouldBe null
            limits("x-ratelimit-limit-requests", "many", "x-ratelimit-remaining-requests", "-1") shouldBe null
        }

        test("H08 answers carry it, whole ones, streams and errors") {
            FakeServer.start().use { server ->
                clientOf(server).use { client ->
                    suspend fun remaining(reply: Reply, ask: suspend AiClient.() -> RateLimits?): Long? {
                        server.enqueue(reply)
                        return client.ask()?.requests?.remaining
                    }
                    val headers = arrayOf("x-ratelimit-remaining-requests", "41")
                    val whole = """{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"""
                    remaining(Reply.json(whole, *headers)) { chat(ChatRequest.of("Hi")).rateLimits } shouldBe 41
                    remaining(Reply.error(429, "{}", *headers)) { shouldThrow<RateLimitedException> { generate("Hi") }.rateLimits } shouldBe
                        41
                    remaining(Reply.stream(OpenAiReplies.chunks("a"), *headers)) {
                        shouldThrow<IncompleteStreamException> { streamText("Hi").collect {} }.partial!!.rateLimits
                    } shouldBe 41
                }
            }
        }

        test("H06 a long wait is not waited for, but told") {
            val client = answering("{}", 429, headersOf("Retry-After", "86400"))
            shouldThrow<RateLimitedException> { client.generate("Hi") }.retryAfterMillis shouldBe 86_400_000
        }
    })
