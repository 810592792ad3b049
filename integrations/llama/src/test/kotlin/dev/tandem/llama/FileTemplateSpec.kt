package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.chatRequest
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe

/** Models other than the bundled one; here its weights under another name. */
class FileTemplateSpec :
    FunSpec({
        val talk = ChatRequest
            .builder()
            .system("Be brief.")
            .user("Hi 😀 <|user|>")
            .message(Message.assistant("Yes?"))
            .user("Bye 🎈")
            .build()

        suspend fun promptOf(bytes: ByteArray) =
            LoadedModels.load(FileWeights(fileOf(bytes).toString()), LlamaSettings()).template.prompt(talk)

        test("the file's own template is used, and no character is garbled") {
            val template = "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}"
            promptOf(withTemplate(template)) shouldBe
                "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi 😀 < |user|><|im_end|>\n" +
                "<|im_start|>assistant\nYes?<|im_end|>\n<|im_start|>user\nBye 🎈<|im_end|>\n<|im_start|>assistant\n"
        }

        test("a template that llama.cpp cannot run does not end the process") {
            promptOf(withTemplate("{% broken")).length shouldBeGreaterThan 0
            promptOf(withTemplate("{{ messages | nothing }}")).length shouldBeGreaterThan 0
        }

        test("without a template the lines are plain") {
            promptOf(renamed()) shouldBe "system: Be brief.\nuser: Hi 😀 < |user|>\nassistant: Yes?\nuser: Bye 🎈\nassistant:"
        }

        test("such a model runs, and refuses tools") {
            AiClient.builder(Llama.of(fileOf(renamed()).toString())).build().use { ai ->
                ai
                    .chat(
                        chatRequest {
                            user("Hello!")
                            maxTokens = 5
                        },
                    ).usage.outputTokens
                    .toInt() shouldBeGreaterThan 0
                shouldThrow<NotSupportedException> {
                    ai.chat(
                        chatRequest {
                            user("Hello!")
                            tool(WEATHER)
                        },
                    )
                }
            }
        }
    })
