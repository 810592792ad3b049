package dev.tandem.llama

import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.string.shouldContain

/** What cannot be done is said, never left out in silence. */
class RefusalsSpec :
    FunSpec({
        test("images") {
            val withImage = chatRequest { message(Message.user(Part.Text("What is this?"), Part.Image("https://example.com/a.png"))) }
            pebble { ai -> shouldThrow<NotSupportedException> { ai.chat(withImage) }.message.orEmpty() shouldContain "images" }
        }

        test("embeddings") {
            pebble { ai -> shouldThrow<NotSupportedException> { ai.embed("text") }.message.orEmpty() shouldContain "embeddings" }
        }

        test("another model") {
            pebble { ai ->
                val failure = shouldThrow<ModelNotFoundException> { ai.generate("Hello!", options { model = "gpt-4o" }) }
                failure.message.orEmpty() shouldContain "'pebble', not 'gpt-4o'"
            }
        }

        test("extra fields") {
            pebble { ai ->
                val extra = options { extra("mirostat", 2) }
                shouldThrow<NotSupportedException> { ai.generate("Hello!", extra) }.message.orEmpty() shouldContain "mirostat"
            }
        }

        test("a format together with tools") {
            val both = chatRequest {
                user("What is the weather in Oslo?")
                tool(WEATHER)
                responseFormat = ResponseFormat.JSON
            }
            pebble { ai -> shouldThrow<NotSupportedException> { ai.chat(both) } }
        }
    })
