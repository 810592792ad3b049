package dev.tandem.llama

import dev.tandem.model.ChatEvent
import dev.tandem.model.FinishReason
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf

class StreamingSpec :
    FunSpec({
        test("text comes token by token, and together it is the answer of a plain call") {
            pebble { ai ->
                val pieces = ai.events("What is a coroutine?").filterIsInstance<ChatEvent.Text>()
                pieces.size shouldBeGreaterThan 3
                pieces.joinToString("") { it.text } shouldBe ai.generate("What is a coroutine?")
            }
        }

        test("a stream ends with usage and one completion") {
            pebble { ai ->
                val events = ai.events("What is a coroutine?")
                events.filterIsInstance<ChatEvent.Completed>() shouldHaveSize 1
                val response = events.last().shouldBeInstanceOf<ChatEvent.Completed>().response
                response.text shouldBe COROUTINE
                response.model shouldBe "pebble"
                response.finishReason shouldBe FinishReason.STOP
                // A token is a byte.
                response.usage.outputTokens shouldBe COROUTINE.length
                response.usage.inputTokens shouldBe 55
            }
        }

        test("stops before a stop text, which may lie across tokens") {
            pebble { ai ->
                val response = ai.chat(
                    chatRequest {
                        user("What is a coroutine?")
                        stop("can pause", "thread")
                    },
                )
                response.text shouldBe "A coroutine is a light task that "
                response.finishReason shouldBe FinishReason.STOP
            }
        }

        test("the beginning of a stop text that never comes is not lost") {
            pebble { ai -> ai.generate("What is a coroutine?", options { stop("thread.!") }) shouldBe COROUTINE }
        }

        test("is cut at maxTokens and says so") {
            pebble { ai ->
                val response = ai.chat(
                    chatRequest {
                        user("What is a coroutine?")
                        maxTokens = 11
                    },
                )
                response.text shouldBe "A coroutine"
                response.finishReason shouldBe FinishReason.LENGTH
                response.usage.outputTokens shouldBe 11
            }
        }
    })
