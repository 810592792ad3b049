package sample

import dev.tandem.AiClient
import dev.tandem.error.ErrorDetails
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.Role
import dev.tandem.testing.script.ScriptedModel
import dev.tandem.testing.script.ScriptedReply
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.coroutines.EmptyCoroutineContext

class ChatStateHolderSpec :
    FunSpec({
        fun TestScope.chatWith(model: ScriptedModel, scope: CoroutineScope = this, lines: List<Line> = emptyList()): ChatStateHolder {
            val ai = AiClient(model) { clock = testScheduler.timeSource }
            return ChatStateHolder(ai, scope, lines, background = EmptyCoroutineContext)
        }

        test("an answer grows while it comes") {
            runTest {
                val chat = chatWith(ScriptedModel.saying(ScriptedReply.pieces("Hel").thenText("lo").thenSilence()))
                chat.send("Hi")
                chat.state.value shouldBe ChatState(listOf(Line(true, "Hi")), isBusy = true)
                runCurrent()
                chat.state.value shouldBe ChatState(listOf(Line(true, "Hi"), Line(false, "Hello")), isBusy = true)
                chat.stop()
            }
        }

        test("what was stopped stays, is no problem, and is told with the next question") {
            runTest {
                val model = ScriptedModel.saying(ScriptedReply.pieces("One").thenSilence(), ScriptedReply.text("Two"))
                val chat = chatWith(model)
                chat.send("Count")
                runCurrent()
                chat.stop()
                runCurrent()
                chat.state.value shouldBe ChatState(listOf(Line(true, "Count"), Line(false, "One")))
                chat.send("Go on")
                testScheduler.advanceUntilIdle()
                model.requests
                    .last()
                    .messages
                    .map { it.role to it.text }
                    .drop(1) shouldBe
                    listOf(Role.USER to "Count", Role.ASSISTANT to "One", Role.USER to "Go on")
                chat.state.value.lines
                    .last() shouldBe Line(false, "Two")
            }
        }

        test("what is stopped before it has begun leaves nobody busy") {
            runTest {
                val model = ScriptedModel.saying("never asked for")
                val chat = chatWith(model)
                chat.send("Hi")
                chat.stop()
                testScheduler.advanceUntilIdle()
                chat.state.value.isBusy shouldBe false
                model.requests.shouldBeEmpty()
            }
        }

        test("nothing is sent while an answer is under way, and no blank text") {
            runTest {
                val model = ScriptedModel.saying(ScriptedReply.pieces("One").thenSilence())
                val chat = chatWith(model)
                chat.send(" ")
                chat.send("Count")
                chat.send("Hurry")
                runCurrent()
                chat.state.value.lines shouldBe listOf(Line(true, "Count"), Line(false, "One"))
                model.requests.size shouldBe 1
                chat.stop()
            }
        }

        test("an error is a state, and the question may be asked once more") {
            runTest {
                val refused = ScriptedReply.failure { UnauthorizedException("who are you?", ErrorDetails.NONE, null) }
                val chat = chatWith(ScriptedModel.saying(refused, ScriptedReply.text("Hello")))
                chat.send("Hi")
                testScheduler.advanceUntilIdle()
                chat.state.value shouldBe ChatState(listOf(Line(true, "Hi")), problem = Problem.SIGN_IN_AGAIN)
                chat.retry()
                testScheduler.advanceUntilIdle()
                chat.state.value shouldBe ChatState(listOf(Line(true, "Hi"), Line(false, "Hello")))
            }
        }

        test("a connection that is lost keeps what had come until the question is asked once more") {
            runTest {
                val chat = chatWith(ScriptedModel.saying(ScriptedReply.pieces("Hel").thenBreak(), ScriptedReply.text("Hello")))
                chat.send("Hi")
                testScheduler.advanceUntilIdle()
                chat.state.value shouldBe ChatState(listOf(Line(true, "Hi"), Line(false, "Hel")), problem = Problem.BROKEN_OFF)
                chat.retry()
                testScheduler.advanceUntilIdle()
                chat.state.value shouldBe ChatState(listOf(Line(true, "Hi"), Line(false, "Hello")))
            }
        }

        test("the end of the scope ends the call") {
            runTest {
                val model = ScriptedModel.saying(ScriptedReply.pieces("One").thenSilence())
                val viewModel = Job(coroutineContext[Job])
                val chat = chatWith(model, CoroutineScope(coroutineContext + viewModel))
                chat.send("Count")
                runCurrent()
                viewModel.cancel()
                runCurrent()
                model.awaitGivenUp()
                chat.state.value.isBusy shouldBe false
            }
        }

        test("a talk goes on from the lines that were kept, of which the model is told the last ones") {
            runTest {
                val model = ScriptedModel.saying("Hello again")
                val kept = List(100) { Line(it % 2 == 0, "line $it") }
                val chat = chatWith(model, lines = kept)
                chat.send("Hi")
                testScheduler.advanceUntilIdle()
                chat.state.value.lines shouldBe kept + Line(true, "Hi") + Line(false, "Hello again")
                model.requests
                    .single()
                    .messages
                    .drop(1)
                    .map { it.text } shouldBe List(39) { "line ${it + 61}" } + "Hi"
            }
        }
    })
