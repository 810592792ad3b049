@file:Suppress("UNUSED_VARIABLE")

package dev.tandem.testing.page

import dev.tandem.AiClient
import dev.tandem.chat
import dev.tandem.extract
import dev.tandem.generate
import dev.tandem.testing.script.ScriptedModel
import dev.tandem.testing.script.ScriptedReply
import dev.tandem.tool.tool
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** In place of the real one: it says its lines. */
private object OpenAi {
    val model = ScriptedModel.saying("It ends together.", "Hello!", "A socket, closed in time.")

    fun fromEnvironment() = model
}

private class Forecasts {
    fun of(city: String) = "-4 degrees in $city"
}

/** The Kotlin of README.md. */
class ReadmeSpec :
    StringSpec({
        "one call" {
            val said = StringBuilder()

            fun print(text: String) = said.append(text)

            AiClient(OpenAi.fromEnvironment()) { model = "gpt-4o-mini" }.use { ai ->
                val text = ai.generate("Explain structured concurrency")
                val reply = ai.chat {
                    system("Be brief")
                    user("Hello")
                    temperature = 0.2
                }
                ai.streamText("Write a haiku").collect { print(it) }
            }
            said.toString() shouldBe "A socket, closed in time."
            OpenAi.model.requests.map { it.options.model } shouldContainExactly List(3) { "gpt-4o-mini" }
        }

        "tools and objects" {
            val model = ScriptedModel.saying(
                ScriptedReply.toolCall("weather", """{"city":"Oslo"}"""),
                ScriptedReply.text("Yes."),
                ScriptedReply.text("""{"name":"Anna","age":31,"city":"Oslo"}"""),
            )
            val forecasts = Forecasts()
            AiClient(model).use { ai ->
                val weather = tool("weather", "The weather in a city") { place: Place -> forecasts.of(place.city) }
                val text = ai.generate("Do I need a coat in Oslo?") { tool(weather) }
                val anna = ai.extract<Person>("Anna, 31, lives in Oslo")

                text shouldBe "Yes."
                anna shouldBe Person("Anna", 31, "Oslo")
            }
            model.requests[1]
                .messages
                .last()
                .text shouldBe "-4 degrees in Oslo"
        }
    })
