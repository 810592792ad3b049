package dev.tandem.testing.page

import dev.tandem.AiClient
import dev.tandem.accounting.Budget
import dev.tandem.error.IncompleteStreamException
import dev.tandem.extract
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.rateLimit
import dev.tandem.resilience.Concurrency
import dev.tandem.retry
import dev.tandem.structured.answerType
import dev.tandem.testing.script.ScriptedModel
import dev.tandem.testing.script.ScriptedReply
import dev.tandem.tool.tool
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith

/** The Kotlin of docs/errors.md, streams.md, tools-and-types.md, resilience.md and embeddings.md. */
class CapabilityPagesSpec :
    StringSpec({
        val said = StringBuilder()

        fun print(text: Any?) = said.append(text)

        fun println(text: Any?) = said.append(text).append('\n')

        beforeTest { said.clear() }

        "errors" {
            AiClient(ScriptedModel.saying(ScriptedReply.pieces("Once there", " was").thenBreak())).use { ai ->
                try {
                    ai.streamText("Tell a story").collect { print(it) }
                } catch (e: IncompleteStreamException) {
                    print("… and there it broke off, after ${e.partial?.text?.length} letters")
                }
            }
            said.toString() shouldBe "Once there was… and there it broke off, after 14 letters"
        }

        "streams" {
            AiClient(ScriptedModel.saying(ScriptedReply.text("Once.").thinking("Hm").usage(3, 4))).use { ai ->
                ai.stream("Tell a story").collect { event ->
                    when (event) {
                        is ChatEvent.Reasoning -> print("(thinks)")
                        is ChatEvent.Completed -> println(" ${event.response.usage?.totalTokens} tokens")
                        else -> print(event.text)
                    }
                }
            }
            said.toString() shouldBe "(thinks)Once. 7 tokens\n"
        }

        "tools and types" {
            val model = ScriptedModel.saying(
                ScriptedReply.toolCall("get_weather", """{"city":"Oslo"}"""),
                ScriptedReply.text("Yes."),
                ScriptedReply.text("""{"name":"Anna","age":31,"city":"Oslo"}"""),
            )
            AiClient(model).use { ai ->
                val weather = tool("get_weather", "The weather in a city") { place: Place -> "-4 in ${place.city}" }
                val answer = ai.generate("Do I need a coat in Oslo?") { tool(weather) }
                val anna = ai.extract<Person>("Anna is 31 and lives in Oslo")
                answer shouldBe "Yes."
                anna shouldBe Person("Anna", 31, "Oslo")
            }
            model.requests[1]
                .messages
                .last()
                .text shouldBe "-4 in Oslo"
            answerType<Person>().schema.toString() shouldContain "in whole years"
        }

        "resilience" {
            val provider = ScriptedModel.saying("Hello!")
            val ai = AiClient(provider) {
                model = "gpt-4o-mini"
                retry { maxAttempts = 4 }
                rateLimit {
                    requestsPerMinute = 500
                    tokensPerMinute = 200_000
                }
                concurrency = Concurrency.adaptive(100)
                budget(Budget.ofUsd(20.0))
            }
            ai.use { it.generate("Hi") shouldBe "Hello!" }
        }

        "embeddings" {
            AiClient(ScriptedModel.saying("unused")) { embeddingModel = "words" }.use { ai ->
                val vectors = ai.embedMany(listOf("the red door", "a red door"))
                println(vectors[0].cosine(vectors[1]))
            }
            said.toString() shouldStartWith "0."
        }
    })
