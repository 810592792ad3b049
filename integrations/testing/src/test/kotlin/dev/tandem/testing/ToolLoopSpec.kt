package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.Usage
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.Conversation.Companion.ANSWER
import dev.tandem.testing.Conversation.Companion.ARGUMENTS
import dev.tandem.testing.Conversation.Companion.BEGINNING
import dev.tandem.testing.Conversation.Companion.LOOK
import dev.tandem.testing.Conversation.Companion.RESULT
import dev.tandem.tool.Tool
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject

/** The shared conversation once more: the client runs the tool itself, and asks the model on, whoever provides it. */
class ToolLoopSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())

        class Looking : Tool(LOOK.name, LOOK.description, LOOK.parameters) {
            val looked = mutableListOf<JsonObject>()

            override suspend fun run(arguments: JsonObject): String = RESULT.also { looked += arguments }
        }

        fun asking(tool: Tool) = ChatRequest
            .builder()
            .messages(BEGINNING)
            .model("fake-1")
            .tool(tool)
            .build()

        for (speaker in Speakers.ALL) {
            val client = autoClose(AiClient(speaker.dialect.provider(server, "sk-test")) { retry = RetryPolicy.NONE })

            fun shouldHaveHeardAll() {
                val heard = speaker.heard(server.requests.last())
                val link = heard.call.shouldNotBeNull().link
                heard shouldBe Conversation.heard(Conversation.callWith(link), Heard.Result(link, RESULT), null)
            }

            test("$speaker, whole") {
                val look = Looking()
                server.enqueue(speaker.call.whole)
                server.enqueue(speaker.answer.whole)
                val answer = client.chat(asking(look))
                answer.text shouldBe ANSWER
                answer.steps.size shouldBe 2
                answer.usage shouldNotBe Usage.NONE
                look.looked shouldContainExactly listOf(Json.parseToJsonElement(ARGUMENTS))
                shouldHaveHeardAll()
            }

            test("$speaker, streamed") {
                val look = Looking()
                server.enqueue(speaker.call.streamed)
                server.enqueue(speaker.answer.streamed)
                val events = client.stream(asking(look)).toList()
                events.joinToString("") { it.text } shouldBe ANSWER
                (events.last() as ChatEvent.Completed).response.text shouldBe ANSWER
                val told = events.filter { it is ChatEvent.ToolStarted || it is ChatEvent.ToolFinished }
                told.map { it::class } shouldContainExactly listOf(ChatEvent.ToolStarted::class, ChatEvent.ToolFinished::class)
                look.looked shouldContainExactly listOf(Json.parseToJsonElement(ARGUMENTS))
                shouldHaveHeardAll()
            }
        }
    })
