package dev.tandem

import dev.tandem.error.ErrorDetails
import dev.tandem.error.UnauthorizedException
import dev.tandem.provider.TokenSource
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withTimeout
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds

/** Credentials that run out. */
class TokensSpec :
    FunSpec({
        val asked = AtomicInteger()
        val server = autoClose(FakeServer.start())

        fun client(source: TokenSource) = autoClose(
            AiClient(
                OpenAi
                    .builder()
                    .baseUrl(server.url)
                    .tokens(source)
                    .build(),
            ),
        )

        fun counting() = TokenSource { "token-number-${asked.incrementAndGet()}" }

        /** Takes only the token with this number. */
        fun accept(number: Int) = server.answering { request ->
            if (request.header("Authorization") == "Bearer token-number-$number") {
                OpenAiReplies.stream("Hello")
            } else {
                OpenAiReplies.error(401, "expired: ${request.header("Authorization")}", "invalid_request_error", "invalid_api_key")
            }
        }

        beforeTest { asked.set(0) }

        test("H11 a refused token is renewed once, and the call goes on") {
            accept(2)
            val client = client(counting())
            client.streamText("Hi").toList() shouldBe listOf("Hello")
            asked.get() shouldBe 2
            client.streamText("Hi").toList() shouldBe listOf("Hello")
            asked.get() shouldBe 2
        }

        test("a hundred calls at once ask for one token, and for one more when it is refused") {
            accept(2)
            val client = client(counting())
            coroutineScope { (1..100).map { async { client.streamText("Hi").toList() } }.awaitAll() }
            asked.get() shouldBe 2
        }

        test("a new token that is refused too fails, without the token in the message") {
            accept(-1)
            val error = shouldThrow<UnauthorizedException> { client(counting()).streamText("Hi").toList() }
            asked.get() shouldBe 2
            error.stackTraceToString() shouldNotContain "token-number-"
        }

        test("a source that has nothing new is not asked a third time") {
            accept(-1)
            val before = server.requests.size
            shouldThrow<UnauthorizedException> {
                client {
                    asked.incrementAndGet()
                    "the-same-token"
                }.generate("Hi")
            }
            asked.get() shouldBe 2
            server.requests.size - before shouldBe 1
        }

        test("a source that fails or gives nonsense is an error of the credential, with its cause") {
            val cause = IOException("the identity service is down")
            shouldThrow<UnauthorizedException> { client { throw cause }.generate("Hi") }.cause shouldBe cause
            shouldThrow<UnauthorizedException> { client { "with a\nbreak" }.generate("Hi") }.message!! shouldContain "(12 characters)"
        }

        test("what the caller's own code fails with is no refusal of this call") {
            accept(1)
            val before = server.requests.size
            val mine = UnauthorizedException("another service refused", ErrorDetails.builder().status(401).build(), null)
            shouldThrow<UnauthorizedException> { client(counting()).streamText("Hi").collect { throw mine } } shouldBe mine
            asked.get() shouldBe 1
            server.requests.size - before shouldBe 1
        }

        test("a source that runs out of its own time is an error of the credential, and no cancellation") {
            val slow = client { withTimeout(1.milliseconds) { awaitCancellation() } }
            shouldThrow<UnauthorizedException> { slow.generate("Hi") }.message!! shouldContain "waiting for 1 ms"
            shouldThrow<TimeoutCancellationException> { withTimeout(50.milliseconds) { client { awaitCancellation() }.generate("Hi") } }
            val cause = CancellationException("the identity service took too long")
            shouldThrow<UnauthorizedException> { client { throw cause }.generate("Hi") }.cause shouldBe cause
        }

        test("a key and a source together are refused") {
            shouldThrow<IllegalArgumentException> {
                OpenAi
                    .builder()
                    .apiKey(KEY)
                    .tokens(counting())
                    .build()
            }.message!! shouldContain
                "leave one out"
        }
    })
