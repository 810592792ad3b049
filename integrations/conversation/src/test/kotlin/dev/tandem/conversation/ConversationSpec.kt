package dev.tandem.conversation

import dev.tandem.error.ServerException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ProviderState
import dev.tandem.model.Role
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
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonPrimitive

class ConversationSpec :
    FunSpec({
        fun talker(lines: Int = 9) = Script(*Array<suspend Script.() -> ChatResponse>(lines) { { says("answer ${heard.size}") } })

        fun talk(script: Script, build: Conversation.Builder.() -> Unit = {}) = Conversation.builder(clientOf(script)).apply(build).build()

        fun textsOf(messages: List<Message>) = messages.map { it.text }

        test("what was said before goes along") {
            runTest {
                val script = talker()
                val talk = talk(script) { system("Be brief") }
                talk.say("One") shouldBe "answer 1"
                talk.chat(Message.user(Part.Text("Two"), Part.Image("https://example.org/2.png"))).text shouldBe "answer 2"
                talk.streamText("Three").toList() shouldContainExactly listOf("answer 3")
                textsOf(script.heard[2].messages) shouldContainExactly listOf("Be brief", "One", "answer 1", "Two", "answer 2", "Three")
                textsOf(talk.messages) shouldContainExactly textsOf(script.heard[2].messages) + "answer 3"
                talk.usage shouldBe Usage.of(30, 15)
            }
        }

        test("a reader who is woken on the turn's own thread may speak") {
            val talk = talk(talker())
            withContext(Dispatchers.Unconfined) {
                talk.stream("One").collect { if (it is ChatEvent.Completed) talk.say("Two") shouldBe "answer 2" }
            }
            textsOf(talk.messages) shouldContainExactly listOf("One", "answer 1", "Two", "answer 2")
        }

        test("what a tool has started may speak when the turn is over") {
            runTest {
                val talk = CompletableDeferred<Conversation>()
                val later = CompletableDeferred<Deferred<String>>()
                val starts = tool("starts") {
                    val scope = CoroutineScope(currentCoroutineContext().minusKey(Job))
                    later.complete(scope.async(start = CoroutineStart.LAZY) { talk.await().say("Now?") })
                    "started"
                }
                val script = Script({ asks(call("starts")) }, { says("It has.") }, { says("Now.") })
                talk.complete(talk(script) { tool(starts) })
                talk.await().say("Start it") shouldBe "It has."
                later.await().await() shouldBe "Now."
            }
        }

        test("what tools said goes along, too") {
            runTest {
                val script = Script({ asks(call("sun")) }, { says("It shines.") }, { says("Yes.") })
                val talk = talk(script) { tool(tool("sun") { "shining" }) }
                talk.say("How is the sun?")
                talk.say("Sure?")
                textsOf(script.heard[2].messages) shouldContainExactly listOf("How is the sun?", "", "shining", "It shines.", "Sure?")
                talk.usage shouldBe Usage.of(30, 15)
            }
        }

        test("options are those of the conversation, unless a turn has its own, and all turns belong together") {
            runTest {
                val script = talker()
                val talk = talk(script) { temperature = 0.1 }
                talk.say("One")
                talk.say("Two", options { temperature = 0.9 })
                script.heard.map { it.options.temperature } shouldContainExactly listOf(0.1, 0.9)
                script.heard
                    .map { it.options.conversation }
                    .toSet()
                    .size shouldBe 1
                script.heard[0].options.conversation!! shouldContain "conversation-"
            }
        }

        test("a turn that fails or is given up before the model is done leaves no trace") {
            runTest {
                val script = Script({ throw serverError() }, { awaitCancellation() }, { awaitCancellation() }, { says("Well.") })
                val talk = talk(script)
                shouldThrow<ServerException> { talk.say("One") }
                launch { talk.say("Two") }.also { testScheduler.runCurrent() }.cancelAndJoin()
                launch { talk.stream("Three").collect {} }.also { testScheduler.runCurrent() }.cancelAndJoin()
                script.heard.size shouldBe 3
                talk.say("Four")
                textsOf(script.heard.last().messages) shouldContainExactly listOf("Four")
            }
        }

        test("whoever speaks at the same time is heard one after the other, in the order they began") {
            runTest {
                val script = Script(*Array<suspend Script.() -> ChatResponse>(20) { { says("to $last").also { delay(10) } } })
                val talk = talk(script)
                val answers = List(20) { i -> async { talk.say("$i") } }.awaitAll()
                answers shouldContainExactly List(20) { "to $it" }
                textsOf(talk.messages) shouldContainExactly List(20) { listOf("$it", "to $it") }.flatten()
            }
        }

        test("a slow reader of a stream holds nobody up, and may speak meanwhile") {
            runTest {
                val script = talker()
                val talk = talk(script)
                val heard = mutableListOf<String>()
                talk.streamText("One").collect { heard += "$it, ${talk.say("Two")}" }
                heard shouldContainExactly listOf("answer 1, answer 2")
                textsOf(script.heard[1].messages) shouldContainExactly listOf("One", "answer 1", "Two")
            }
        }

        test("a tool that speaks within the turn that waits for it is refused, and does not hang") {
            runTest {
                var within: Conversation? = null
                val talk = talk(Script({ asks(call("deep")) }, { says("Well.") })) { tool(tool("deep") { within!!.say("Two") }) }
                within = talk
                talk.say("One") shouldBe "Well."
                talk.messages[2].text shouldContain "in the midst of a turn"
                talk.messages[2].text shouldContain "fork()"
            }
        }

        test("a fork goes its own way") {
            runTest {
                val talk = talk(talker())
                talk.say("One")
                val fork = talk.fork()
                talk.say("Two")
                fork.say("Other")
                textsOf(talk.messages) shouldContainExactly listOf("One", "answer 1", "Two", "answer 2")
                textsOf(fork.messages) shouldContainExactly listOf("One", "answer 1", "Other", "answer 3")
            }
        }

        test("it is saved with all that is in it, and goes on elsewhere") {
            runTest {
                val state = ProviderState("script", JsonPrimitive("signed"))
                val answer = ChatResponse
                    .builder(
                        Message.assistant("Fine", emptyList(), "a thought").withProviderState(state),
                    ).usage(Usage.of(1, 2))
                    .build()
                val talk = talk(Script({ asks(call("sun", "id-1", """{"a":1}""")) }, { answer })) {
                    system("Be brief")
                    tool(tool("sun") { "shining" })
                }
                talk.chat(Message.user(Part.Text("How \"is\" it?"), Part.Image("data:image/png;base64,AAAA")))
                val script = talker()
                val again = talk(script) { restore(talk.toJson()) }
                again.messages shouldBe talk.messages
                again.usage shouldBe talk.usage
                again.toJson() shouldBe talk.toJson()
                again.say("Well?") shouldBe "answer 1"
                script.heard[0].messages.map { it.role } shouldContainExactly
                    listOf(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.USER)
            }
        }

        test("what is no saved conversation is refused, and says why") {
            for (json in listOf(
                "",
                "[]",
                "{}",
                """{"tandem-conversation":2}""",
                """{"tandem-conversation":1,"messages":[{}],"usage":[0,0,0,0,0]}""",
            )) {
                shouldThrow<IllegalArgumentException> { talk(talker()) { restore(json) } }.message shouldContain "no saved conversation"
            }
            val whole = talk(talker()) { system("x") }.toJson()
            for (at in 0 until whole.length) {
                shouldThrow<IllegalArgumentException> { talk(talker()) { restore(whole.take(at)) } }
            }
            talk(talker()).toString() shouldNotContain "answer"
        }
    })
