package dev.tandem

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.tool.Script
import dev.tandem.tool.clientOf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class DefaultsSpec :
    StringSpec({
        "a client says what it would add to a request" {
            val ai = clientOf(Script()) {
                temperature = 0.3
                embeddingModel = "vectors-1"
            }
            val options = ai.withDefaults(ChatRequest.of("x")).options
            options.model shouldBe "script-1"
            options.temperature shouldBe 0.3
            ai.withDefaults(EmbeddingRequest.builder().input("x").build()).options.model shouldBe "vectors-1"
        }

        "it says what is missing, as a call would" {
            shouldThrow<IllegalArgumentException> { clientOf(Script()).withDefaults(EmbeddingRequest.builder().input("x").build()) }
                .message shouldContain "set embeddingModel on the client"
        }
    })
