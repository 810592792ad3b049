package sample

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModelStore
import dev.tandem.AiClient
import dev.tandem.testing.script.ScriptedModel
import dev.tandem.testing.script.ScriptedReply
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.resetMain
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.test.setMain

/** With androidx itself, as it is built for a JVM. */
class ChatViewModelSpec :
    FunSpec({
        beforeTest { Dispatchers.setMain(UnconfinedTestDispatcher()) }
        afterTest { Dispatchers.resetMain() }

        test("a talk is there again after the death of the process, and goes on") {
            runTest {
                val saved = SavedStateHandle()
                val said = listOf(Line(true, "Hi"), Line(false, "Hello"))
                val before = ChatViewModel(saved, AiClient(ScriptedModel.saying(ScriptedReply.text("Hello"))))
                before.chat.send("Hi")
                before.chat.state.first { !it.isBusy } shouldBe ChatState(said)

                // All that Android keeps of it.
                val lines = saved.getStateFlow<String?>("lines", null).first { it.orEmpty().contains("Hello") }
                val kept = SavedStateHandle(mapOf("lines" to lines))
                val model = ScriptedModel.saying(ScriptedReply.text("And here?"))
                val after = ChatViewModel(kept, AiClient(model))
                after.chat.state.value shouldBe ChatState(said)
                after.chat.send("It rains")
                after.chat.state.first { !it.isBusy } shouldBe ChatState(said + Line(true, "It rains") + Line(false, "And here?"))
                model.requests
                    .single()
                    .messages
                    .map { it.text }
                    .drop(1) shouldBe listOf("Hi", "Hello", "It rains")
            }
        }

        test("a screen that is left for good ends its call") {
            runTest {
                val screen = ViewModelStore()
                val model = ScriptedModel.saying(ScriptedReply.pieces("One").thenSilence())
                val left = ChatViewModel(SavedStateHandle(), AiClient(model))
                screen.put("chat", left)
                left.chat.send("Count")
                left.chat.state.first { it.lines.size == 2 }
                screen.clear()
                left.chat.state.first { !it.isBusy } shouldBe ChatState(listOf(Line(true, "Count"), Line(false, "One")))
            }
        }
    })
