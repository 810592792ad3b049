package dev.tandem.privacy

import dev.tandem.cache
import dev.tandem.cache.MemoryCache
import dev.tandem.chat
import dev.tandem.error.MaskingException
import dev.tandem.error.ServerException
import dev.tandem.masking
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.RawRequest
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolDefinition
import dev.tandem.model.options
import dev.tandem.resilience.serverError
import dev.tandem.tool.Script
import dev.tandem.tool.Tool
import dev.tandem.tool.asks
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive

class MaskingSpec :
    FunSpec({
        val anna = "anna@example.org"
        val quoted = MaskingRule.of("NAME", "Anna \"Ann\" Blume")

        /** Says back what it heard last. */
        fun echo() = Script(*Array<suspend Script.() -> ChatResponse>(9) { { says("I heard: $last") } })

        fun placeholderIn(text: String) = Placeholders.PLACEHOLDER.find(text)!!.value

        test("the provider sees a placeholder, the caller sees nothing of it") {
            runTest {
                val script = echo()
                clientOf(script) { masking() }.generate("Write to $anna!") shouldBe "I heard: Write to $anna!"
                script.heard
                    .single()
                    .messages
                    .single()
                    .text shouldMatch Regex("Write to \\[EMAIL_[0-9A-F]{6}]!")
            }
        }

        test("in each part of the request that says something of a person") {
            runTest {
                val script = echo()
                clientOf(script) { masking() }.chat {
                    system("You help $anna.")
                    message(Message.assistant("", listOf(ToolCall("1", "mail", """{"to":"$anna"}""")), ""))
                    message(Message.tool("1", "sent to $anna"))
                    user = anna
                    metadata("who", anna)
                    extra("more", mapOf("deep" to listOf(anna)))
                }
                val said = script.heard.single()
                (said.messages.toString() + said.options.metadata + said.options.extra + said.options.user) shouldNotContain anna
                said.messages[1]
                    .toolCalls
                    .single()
                    .arguments shouldMatch Regex("\\{\"to\":\"\\[EMAIL_[0-9A-F]{6}]\"}")
            }
        }

        test("a stream is cut anywhere, and a placeholder is whole") {
            val text = "To $anna, [EMA] and [x] $anna["
            for (size in 1..25) {
                val own = Placeholders(MaskingRule.COMMON, ByteArray(3))
                val sent = own.mask(text)
                val said = Unmasking(own, isJson = false)
                val heard = sent.chunked(size).flatMap { said.hear(ChatEvent.Text(it)) } +
                    said.hear(ChatEvent.Completed(ChatResponse.builder(Message.assistant(sent)).build()))
                heard.dropLast(1).joinToString("") { it.text } shouldBe text
                (heard.last() as ChatEvent.Completed).response.text shouldBe text
            }
        }

        test("what is held back of one kind comes before the next kind") {
            val own = Placeholders(MaskingRule.COMMON, ByteArray(3)).also { it.mask(anna) }
            val said = Unmasking(own, isJson = false)
            val events = listOf(ChatEvent.Reasoning("so ["), ChatEvent.Text("then ["), ChatEvent.ToolCallDelta(0, "1", "mail", "{["))
            val end = ChatEvent.Completed(says("Well."))
            (events.flatMap(said::hear) + said.hear(end)).dropLast(1) shouldContainExactly listOf(
                ChatEvent.Reasoning("so "),
                ChatEvent.Reasoning("["),
                ChatEvent.Text("then "),
                ChatEvent.Text("["),
                ChatEvent.ToolCallDelta(0, "1", "mail", "{"),
                ChatEvent.ToolCallDelta(0, "1", "mail", "["),
            )
        }

        test("tools get the real thing, as JSON, and their results are masked") {
            runTest {
                var asked = ""
                val script = Script(
                    {
                        val name = placeholderIn(last)
                        asks(ToolCall("1", "find", """{"name":"$name"}"""))
                    },
                    { says(last) },
                )
                val find = object : Tool("find", "Finds somebody", ToolDefinition.NO_PARAMETERS) {
                    override suspend fun run(arguments: JsonObject): String {
                        asked = arguments.getValue("name").jsonPrimitive.content
                        return "$asked has $anna"
                    }
                }
                val client = clientOf(script) { masking { rule(quoted).rule(MaskingRule.EMAIL) } }
                client.generate("Who is Anna \"Ann\" Blume?", options { tool(find) }) shouldBe "Anna \"Ann\" Blume has $anna"
                asked shouldBe "Anna \"Ann\" Blume"
                script.heard[1].messages.toString() shouldNotContain "Blume"
                script.heard[1].messages.toString() shouldNotContain anna
            }
        }

        test("an answer in JSON stays JSON") {
            runTest {
                val script = Script({ says("""{"name":"${placeholderIn(last)}"}""") })
                val json = clientOf(script) { masking { rule(quoted) } }
                    .generate("Who is Anna \"Ann\" Blume?", options { responseFormat = ResponseFormat.JSON })
                json shouldBe """{"name":"Anna \"Ann\" Blume"}"""
            }
        }

        test("a cache keeps nothing of it, and answers all the same") {
            runTest {
                val script = echo()
                val client = clientOf(script) {
                    masking()
                    cache(MemoryCache(10))
                }
                repeat(2) { client.generate("Write to $anna!") shouldBe "I heard: Write to $anna!" }
                script.heard.size shouldBe 1
            }
        }

        test("what cannot be masked is not sent, unless that is wished") {
            runTest {
                val script = echo()
                val picture = arrayOf(Part.Text("Who is this?"), Part.Image("https://example.org/anna.png"))
                shouldThrow<MaskingException> { clientOf(script) { masking() }.chat { user(*picture) } }.message shouldContain "allowsMedia"
                shouldThrow<MaskingException> { clientOf(script) { masking() }.send(RawRequest.post("/x", """{"to":"$anna"}""")) }
                val file = RawRequest.upload("/files", emptyMap(), "a.jsonl", "text/plain", "no name in it".encodeToByteArray())
                shouldThrow<MaskingException> { clientOf(script) { masking() }.send(file) }
                script.heard.shouldBeEmpty()
                clientOf(script) { masking { allowsMedia = true } }.chat { user(*picture) }
                script.heard.size shouldBe 1
            }
        }

        test("a rule that breaks keeps the call back") {
            runTest {
                val script = echo()
                val breaks = MaskingRule.of("DEEP", "(a|b)*c")
                val error = shouldThrow<MaskingException> { clientOf(script) { masking { rule(breaks) } }.generate("ab".repeat(200_000)) }
                error.message shouldContain "not sent"
                script.heard.shouldBeEmpty()
            }
        }

        test("what had arrived of an answer that broke off is unmasked, too") {
            runTest {
                val script = Script({
                    val heard = last
                    throw serverError().withPartial(says(heard, FinishReason.UNKNOWN))
                })
                val error = shouldThrow<ServerException> { clientOf(script) { masking() }.generate("Write to $anna!") }
                error.partial!!.text shouldBe "Write to $anna!"
            }
        }

        test("streams of the client are unmasked as well") {
            runTest {
                clientOf(echo()) { masking() }.streamText("Write to $anna!").toList().joinToString("") shouldBe "I heard: Write to $anna!"
            }
        }
    })
