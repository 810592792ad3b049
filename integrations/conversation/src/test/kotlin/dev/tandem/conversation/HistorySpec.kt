package dev.tandem.conversation

import dev.tandem.accounting.TokenCounter
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Role
import dev.tandem.model.ToolDefinition
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.resilience.serverError
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.call
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.test.runTest

class HistorySpec :
    FunSpec({
        fun talker(lines: Int = 9) = Script(*Array<suspend Script.() -> ChatResponse>(lines) { { says("answer ${heard.size}") } })

        /** A word is a token. */
        val words = TokenCounter { text, _ -> text.split(' ').count { it.isNotEmpty() } }

        fun talk(script: Script, history: History, build: Conversation.Builder.() -> Unit = {}) = Conversation
            .builder(clientOf(script) { tokenCounter = words })
            .history(history)
            .apply(build)
            .build()

        fun Script.toldLast() = heard.last().messages.map { it.text }

        test("so many messages at most, besides the system's, and whole turns only") {
            runTest {
                val script = talker()
                val talk = talk(script, History.lastMessages(4)) { system("Be brief") }
                for (text in listOf("One", "Two", "Three", "Four")) talk.say(text)
                script.toldLast() shouldContainExactly listOf("Be brief", "Three", "answer 3", "Four")
            }
        }

        test("a turn with tools is kept or forgotten as a whole") {
            runTest {
                val script = Script({ asks(call("sun")) }, { says("It shines.") }, { says("Yes.") }, { says("Well.") })
                val talk = talk(script, History.lastMessages(4)) { tool(tool("sun") { "shining" }) }
                talk.say("How is the sun?")
                talk.say("Sure?")
                script.heard[2].messages.map { it.role } shouldContainExactly listOf(Role.USER)
                talk.say("Why?")
                script.toldLast() shouldContainExactly listOf("Sure?", "Yes.", "Why?")
            }
        }

        test("so many tokens at most, those of the system included") {
            runTest {
                val script = talker()
                val talk = talk(script, History.lastTokens(20)) { system("Be brief") }
                for (text in listOf("One", "Two", "Three", "Four")) talk.say(text)
                val told = script.heard.last().messages
                told.first().text shouldBe "Be brief"
                told.last().text shouldBe "Four"
                (told.size < 8) shouldBe true
            }
        }

        /** Of 998 tokens. */
        fun tool(name: String) = ToolDefinition(name, "word ".repeat(998).trim(), ToolDefinition.NO_PARAMETERS)

        test("tools are counted once, and not with each message") {
            runTest {
                val script = talker(40)
                val client = clientOf(script) {
                    tokenCounter = words
                    tool(tool("sun"))
                }
                // Each turn is of 1 + 4 and 2 + 4 tokens.
                val talk = Conversation.builder(client).history(History.lastTokens(1_050)).build()
                repeat(20) { talk.say("Question") }
                script.heard
                    .last()
                    .messages.size shouldBe 9
            }
        }

        test("tools of the conversation are counted, too, and those of a turn in their place") {
            runTest {
                val script = talker(40)
                val talk = talk(script, History.lastTokens(1_050)) { tool(tool("sun")) }
                repeat(20) { talk.say("Question") }
                script.heard
                    .last()
                    .messages.size shouldBe 9
                talk.say("Question", options { tools(listOf(tool("sun"), tool("rain"))) })
                script.heard
                    .last()
                    .messages.size shouldBe 1
            }
        }

        test("the last turn stays, however long it is") {
            runTest {
                val script = talker()
                talk(script, History.lastTokens(1)).say("Far too long a question for one token")
                script.toldLast() shouldContainExactly listOf("Far too long a question for one token")
            }
        }

        test("the oldest turns are summarised, once, and a later summary takes up the earlier one") {
            runTest {
                val script = Script(
                    *Array<suspend Script.() -> ChatResponse>(20) {
                        {
                            val isSummary = heard
                                .last()
                                .messages
                                .first()
                                .text
                                .startsWith("Summarise")
                            says(if (isSummary) "summary ${heard.size} of <$last>" else "answer ${heard.size}")
                        }
                    },
                )
                val talk = talk(script, History.summarising(maxTokens = 30, keptTurns = 1)) { system("Be brief") }
                for (i in 1..6) talk.say("Question $i is here")
                val told = script.heard.last().messages
                told[0].text shouldBe "Be brief"
                told[1].role shouldBe Role.SYSTEM
                told[1].text shouldStartWith "Summary of the conversation so far:"
                told[1].text shouldContain "Question 1 is here"
                told.count { it.role == Role.SYSTEM } shouldBe 2
                talk.usage shouldBe Usage.of(10L * script.heard.size, 5L * script.heard.size)
            }
        }

        test("where a summary fails nothing is forgotten") {
            runTest {
                val script = Script(
                    { says("answer 1") },
                    { throw serverError() },
                    { says("answer 2") },
                )
                val talk = talk(script, History.summarising(maxTokens = 1, keptTurns = 1))
                talk.say("One")
                talk.say("Two") shouldBe "answer 2"
                script.toldLast() shouldContainExactly listOf("One", "answer 1", "Two")
            }
        }

        test("all is kept as it was said, system messages in their place") {
            runTest {
                val script = talker()
                val talk = talk(script, History.ALL) { messages(listOf(Message.user("Hi"), Message.system("Now be brief"))) }
                talk.say("Well?")
                script.toldLast() shouldContainExactly listOf("Hi", "Now be brief", "Well?")
            }
        }

        test("limits that are none are refused") {
            shouldThrow<IllegalArgumentException> { History.lastMessages(0) }.message shouldContain "0"
            shouldThrow<IllegalArgumentException> { History.lastTokens(-1) }.message shouldContain "-1"
            shouldThrow<IllegalArgumentException> { History.summarising(10, 0) }.message shouldContain "keptTurns"
        }
    })
