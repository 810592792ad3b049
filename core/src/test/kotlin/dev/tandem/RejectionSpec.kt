package dev.tandem

import dev.tandem.error.InvalidRequestException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.Timer
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.MockEngineConfig
import io.ktor.client.engine.mock.respond
import io.ktor.http.HttpStatusCode
import io.ktor.utils.io.ByteChannel
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.milliseconds

class RejectionSpec :
    FunSpec({
        test("a status counts even when the words that explain it are lost") {
            FakeServer.start().use { server ->
                clientOf(server).use { client ->
                    val rejection = OpenAiReplies.error(429, "slow down", "requests", "rate_limit_exceeded")
                    server.always(rejection.cutAt(rejection.size - 5))
                    shouldThrow<RateLimitedException> { client.generate("Hi") }.status shouldBe 429
                }
            }
        }

        test("a status counts even when the words that explain it never come") {
            FakeServer.start().use { server ->
                clientOf(server) { timer(Timer.IDLE, 100.milliseconds) }.use { client ->
                    val rejection = OpenAiReplies.error(429, "slow down", "requests", "rate_limit_exceeded")
                    server.always(rejection.holdAt(rejection.size - 5))
                    shouldThrow<RateLimitedException> { client.generate("Hi") }.status shouldBe 429
                }
            }
        }

        test("nobody waits long for words that explain a status") {
            runTest {
                val config = MockEngineConfig().apply {
                    dispatcher = StandardTestDispatcher(testScheduler)
                    addHandler { respond(ByteChannel(), HttpStatusCode.Unauthorized) }
                }
                val client = AiClient(OpenAi(KEY)) { engine = MockEngine(config) }
                shouldThrow<UnauthorizedException> { client.generate("Hi") }
                currentTime shouldBe 10_000
            }
        }

        test("a message is no place for a whole prompt") {
            val quoted = "x".repeat(50_000)
            shouldThrow<InvalidRequestException> { answering("""{"error":{"message":"bad: $quoted"}}""", 400).generate("Hi") }
                .message!!
                .length shouldBeLessThan 2_000
        }
    })
