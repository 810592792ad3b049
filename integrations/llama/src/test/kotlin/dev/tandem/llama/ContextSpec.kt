package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.error.ContextLengthException
import dev.tandem.model.ChatRequest
import dev.tandem.model.chatRequest
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class ContextSpec :
    FunSpec({
        test("a prompt that does not fit is refused with the numbers") {
            pebble { ai ->
                val refusal = shouldThrow<ContextLengthException> { ai.generate("a".repeat(600)) }
                refusal.message shouldContain "635 tokens"
                refusal.message shouldContain "context of 512"
            }
        }

        test("the longest prompt that fits is answered, one more byte is refused") {
            pebble { ai ->
                val around = ai
                    .chat(ChatRequest.of("a"))
                    .usage.inputTokens
                    .toInt() - 1
                val longest = 510 - around
                ai.chat(ChatRequest.of("a".repeat(longest))).usage.outputTokens shouldBe 1
                shouldThrow<ContextLengthException> { ai.generate("a".repeat(longest + 1)) }
            }
        }

        test("an answer that fills the context is cut") {
            pebble { ai ->
                val response = ai.chat(
                    chatRequest {
                        user("Say it.")
                        responseFormat = sayingOnly("a".repeat(1000))
                        maxTokens = 2000
                    },
                )
                response.finishReason.isTruncated shouldBe true
                response.usage.totalTokens shouldBe 511
            }
        }

        test("the context can be made larger") {
            AiClient.builder(Llama.builder().contextSize(1024).build()).build().use { ai ->
                ai.chat(ChatRequest.of("a".repeat(600))).usage.inputTokens shouldBe 635
            }
        }
    })
