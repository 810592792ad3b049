package dev.tandem

import dev.tandem.error.InvalidRequestException
import dev.tandem.error.RateLimitedException
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe

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

        test("a message is no place for a whole prompt") {
            val quoted = "x".repeat(50_000)
            shouldThrow<InvalidRequestException> { answering("""{"error":{"message":"bad: $quoted"}}""", 400).generate("Hi") }
                .message!!
                .length shouldBeLessThan 2_000
        }
    })
