package dev.tandem.conversation

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Role
import dev.tandem.model.ToolDefinition
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.call
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.test.runTest

/** Tools that the caller of the conversation runs. */
class OwnToolsSpec :
    FunSpec({
        val both = asks(call("sun", "a"), call("rain", "b"))
        val results = listOf(Message.tool("a", "shining"), Message.tool("b", "none"))

        fun script(vararg answers: ChatResponse) =
            Script(*answers.map<ChatResponse, suspend Script.() -> ChatResponse> { { it } }.toTypedArray())

        fun talk(script: Script, more: Conversation.Builder.() -> Unit = {}) = Conversation
            .builder(clientOf(script))
            .apply {
                for (name in listOf("sun", "rain")) tool(ToolDefinition(name, "Tells of $name", ToolDefinition.NO_PARAMETERS))
                more()
            }.build()

        test("the results of several go to the model together") {
            runTest {
                val script = script(both, says("Fine."))
                val talk = talk(script)
                talk.chat(Message.user("How is it?")).toolCalls.map { it.id } shouldContainExactly listOf("a", "b")
                talk.chat(results).text shouldBe "Fine."
                script.heard[1].messages.map { it.role } shouldContainExactly listOf(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL)
                talk.messages.size shouldBe 5
            }
        }

        test("and as a stream, in any order, with more behind them") {
            runTest {
                val script = script(both, says("Fine."))
                val talk = talk(script)
                talk.say("How is it?")
                val said = results.reversed() + Message.user("And tomorrow?")
                (talk.stream(said).last() as ChatEvent.Completed).response.text shouldBe "Fine."
                script.heard[1].messages.drop(2) shouldContainExactly said
            }
        }

        test("a call that is left without its result is named before anything is sent") {
            runTest {
                val script = script(both, says("Fine."))
                val talk = talk(script)
                talk.say("How is it?")
                val error = shouldThrow<IllegalArgumentException> { talk.chat(results.first()) }
                error.message shouldContain "[b (rain)]"
                error.message shouldContain "Message.tool"
                val asking = listOf(Message.user("Well?"))
                shouldThrow<IllegalArgumentException> { talk.say("Well?") }.message shouldContain "[a (sun), b (rain)]"
                shouldThrow<IllegalArgumentException> { talk.chat(asking + results) }
                shouldThrow<IllegalArgumentException> { talk.stream(results.drop(1)).last() }.message shouldNotContain "rain"
                script.heard.size shouldBe 1
                talk.messages.size shouldBe 2
                talk.chat(results).text shouldBe "Fine."
            }
        }

        test("results that are there already count, in a conversation that goes on elsewhere") {
            runTest {
                val script = script(says("Fine."))
                val begun = listOf(Message.user("How is it?"), both.message, results.first())
                talk(script) { messages(begun) }.chat(results.last()).text shouldBe "Fine."
            }
        }

        test("the turn that results belong to stays, however short the history") {
            runTest {
                for (history in listOf(History.lastMessages(1), History.lastTokens(1), History.summarising(1, 1))) {
                    val script = script(both, says("Fine."))
                    val talk = talk(script) { history(history) }
                    talk.say("How is it?")
                    talk.chat(results)
                    script.heard[1].messages.map { it.role } shouldContainExactly listOf(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL)
                }
            }
        }

        test("nothing at all is refused") {
            runTest {
                val script = script()
                shouldThrow<IllegalArgumentException> { talk(script).chat(emptyList()) }.message shouldContain "nothing to say"
                script.heard.shouldBeEmpty()
            }
        }
    })
