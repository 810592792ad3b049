package dev.tandem.llama

import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ToolChoice
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import dev.tandem.tool.Tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonObject

class ToolsSpec :
    FunSpec({
        val question = chatRequest {
            user("What is the weather in Oslo?")
            tool(WEATHER)
        }

        test("asks for the tool and then speaks of its result") {
            pebble { ai ->
                val asked = ai.chat(question)
                asked.finishReason shouldBe FinishReason.TOOL_CALLS
                asked.text shouldBe ""
                val call = asked.toolCalls.single()
                call.name shouldBe "get_weather"
                call.arguments shouldBe """{"city":"Oslo"}"""

                val answered = ai.chat(
                    question
                        .newBuilder()
                        .message(asked.message)
                        .message(Message.tool(call.id, "-4 snowy"))
                        .build(),
                )
                answered.text shouldBe "It is -4 degrees and snowy in Oslo."
                answered.finishReason shouldBe FinishReason.STOP
            }
        }

        test("the client runs the tool itself, and gets to the end, whole and as a stream") {
            val asked = mutableListOf<JsonObject>()
            val weather = object : Tool(WEATHER.name, WEATHER.description, WEATHER.parameters) {
                override suspend fun run(arguments: JsonObject): String = "-4 snowy".also { asked += arguments }
            }
            pebble { ai ->
                val offered = options { tool(weather) }
                val question = "What is the weather in Oslo?"
                ai.generate(question, offered) shouldBe "It is -4 degrees and snowy in Oslo."
                ai.streamText(question, offered).toList().joinToString("") shouldBe "It is -4 degrees and snowy in Oslo."
            }
            asked.map { it.toString() } shouldBe List(2) { """{"city":"Oslo"}""" }
        }

        test("a streamed call is an event of its own, and its marker is no text") {
            pebble { ai ->
                val events = ai.stream(question).toList()
                events.filterIsInstance<ChatEvent.Text>().shouldBeEmpty()
                events.filterIsInstance<ChatEvent.ToolCallDelta>().single().arguments shouldBe """{"city":"Oslo"}"""
            }
        }

        test("each call has an id of its own") {
            pebble { ai ->
                List(3) {
                    ai
                        .chat(question)
                        .toolCalls
                        .single()
                        .id
                }.toSet().size shouldBe 3
            }
        }

        test("a tool on offer does not spoil other answers") {
            pebble { ai ->
                ai
                    .chat(
                        chatRequest {
                            user("What is a coroutine?")
                            tool(WEATHER)
                        },
                    ).text shouldBe COROUTINE
            }
        }

        test("never asks for a tool that nobody offered, or that it must not use") {
            pebble { ai ->
                ai.chat(chatRequest { user("What is the weather in Oslo?") }).toolCalls.shouldBeEmpty()
                val forbidden = ai.chat(question.newBuilder().toolChoice(ToolChoice.NONE).build())
                forbidden.toolCalls.shouldBeEmpty()
                forbidden.text shouldNotContain "<tool>"
            }
        }

        test("a call cut by maxTokens is no call") {
            pebble { ai ->
                val cut = ai.chat(question.newBuilder().maxTokens(20).build())
                cut.finishReason shouldBe FinishReason.LENGTH
                cut.toolCalls.shouldBeEmpty()
            }
        }

        test("refuses to be forced") {
            pebble { ai ->
                shouldThrow<NotSupportedException> { ai.chat(question.newBuilder().toolChoice(ToolChoice.REQUIRED).build()) }
            }
        }
    })
