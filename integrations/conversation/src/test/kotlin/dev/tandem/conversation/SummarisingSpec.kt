package dev.tandem.conversation

import dev.tandem.AiClient
import dev.tandem.accounting.TokenCounter
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice
import dev.tandem.model.Usage
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.call
import dev.tandem.tool.clientOf
import dev.tandem.tool.offering
import dev.tandem.tool.says
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.test.testTimeSource
import kotlin.time.Duration.Companion.seconds

/** The call that makes a summary is no turn of the conversation. */
class SummarisingSpec :
    FunSpec({
        /** Says one thing, has that summarised, and says another. */
        fun scriptOf(summary: suspend Script.() -> ChatResponse, answer: suspend Script.() -> ChatResponse = { says("Two") }) =
            Script({ says("One") }, summary, answer)

        fun talk(script: Script, build: Conversation.Builder.() -> Unit = {}, client: AiClient.Builder.() -> Unit = {}) = Conversation
            .builder(
                clientOf(script) {
                    tokenCounter = TokenCounter { text, _ -> text.split(' ').size }
                    client()
                },
            ).history(History.summarising(maxTokens = 1, keptTurns = 1))
            .apply(build)
            .build()

        fun TestScope.timed(script: Script, more: Conversation.Builder.() -> Unit) = talk(script, {
            clock = testTimeSource
            more()
        })

        suspend fun Conversation.sayBoth() = listOf(say("First"), say("Second"))

        val short = Message.system("Summary of the conversation so far:\nshort")

        test("it has no tools, no format and room enough, whatever the client does") {
            runTest {
                val script = scriptOf({ says("short") })
                val talk = talk(script, { maxTokens = 60 }) {
                    offering(tool("sun") { "shining" })
                    toolChoice = ToolChoice.NONE
                    responseFormat = ResponseFormat.JSON
                    maxTokens = 50
                }
                talk.sayBoth()
                with(script.heard[1].options) {
                    toolChoice shouldBe ToolChoice.NONE
                    responseFormat shouldBe ResponseFormat.TEXT
                    maxTokens shouldBe 4_096
                    conversation shouldBe script.heard[0].options.conversation
                }
                script.heard[2].options.maxTokens shouldBe 60
                script.heard[2].messages shouldContainExactly listOf(short, Message.user("Second"))
            }
        }

        test("thoughts have room of their own") {
            runTest {
                val script = scriptOf({ says("short") })
                talk(script, { reasoning = Reasoning.maxTokens(10_000) }).sayBoth()
                script.heard[1].options.maxTokens shouldBe 14_096
            }
        }

        test("a tool that must be asked for in each turn is not run for it, not even for a model that asks") {
            runTest {
                var runs = 0
                val script = Script({ asks(call("sun")) }, { says("One") }, { asks(call("sun")) }, { says("short") }, { says("Two") })
                val talk = talk(script) {
                    offering(tool("sun") { "shining ${++runs}" })
                    toolChoice = ToolChoice.REQUIRED
                }
                talk.sayBoth() shouldContainExactly listOf("One", "Two")
                script.heard[2].options.toolChoice shouldBe ToolChoice.NONE
                runs shouldBe 1
                talk.messages.first() shouldBe short
            }
        }

        for (cut in listOf(FinishReason.LENGTH, FinishReason.CONTENT_FILTER, FinishReason.UNKNOWN)) {
            test("one that ends with $cut is not taken, but paid for, and nothing is forgotten") {
                runTest {
                    val script = scriptOf({ says("sho", cut) })
                    val talk = talk(script)
                    talk.sayBoth()
                    script.heard[2].messages.map { it.text } shouldContainExactly listOf("First", "One", "Second")
                    talk.usage shouldBe Usage.of(30, 15)
                }
            }
        }

        test("what is no text is named in it") {
            runTest {
                val script = scriptOf({ says("short") })
                val talk = talk(script)
                val parts = arrayOf(
                    Part.Text("Look"),
                    Part.Image("https://example.org/a.png"),
                    Part.Audio("https://example.org/a.mp3"),
                    Part.File.at("report.pdf", "https://example.org/1"),
                    Part.File.uploaded("file-1"),
                )
                talk.chat(Message.user(*parts))
                talk.say("Second")
                script.heard[1]
                    .messages
                    .last()
                    .text shouldContain "User: Look (an image) (a sound) (the file report.pdf) (a file)"
            }
        }

        test("it is made of what was said before: all that is new goes to the model as it is") {
            runTest {
                val script = scriptOf({ says("short") })
                val talk = talk(script)
                talk.say("First")
                val new = listOf(Message.user("Second"), Message.user("Third"))
                talk.chat(new)
                script.heard[2].messages shouldContainExactly listOf(short) + new
                talk.messages shouldContainExactly listOf(short) + new + Message.assistant("Two")
            }
        }

        test("what it took is off the timeout of its turn") {
            runTest {
                val script = scriptOf({ says("short").also { delay(3.seconds) } }, { says("Two").also { delay(8.seconds) } })
                val talk = timed(script) { timeout = 10.seconds }
                talk.say("First")
                shouldThrow<TimeLimitException> { talk.say("Second") }
                currentTime shouldBe 10_000
                script.heard[2].options.timeout shouldBe 7.seconds
                talk.messages shouldContainExactly listOf(short)
            }
        }

        test("one that takes all of the timeout ends the turn") {
            runTest {
                val script = scriptOf({ says("short").also { delay(20.seconds) } })
                val talk = timed(script) { timeout = 10.seconds }
                talk.say("First")
                shouldThrow<TimeLimitException> { talk.say("Second") }.message shouldContain "summarise"
                currentTime shouldBe 10_000
                script.heard.size shouldBe 2
                talk.messages.size shouldBe 2
            }
        }
    })
