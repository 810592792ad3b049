package dev.tandem.privacy

import dev.tandem.chat
import dev.tandem.clientOf
import dev.tandem.error.MaskingException
import dev.tandem.masking
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.ProviderState
import dev.tandem.model.RawRequest
import dev.tandem.model.SpeechRequest
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonPrimitive

@Serializable
data class Card(val card: Long)

/** What is masked where a text is more than a text. */
class MaskedJsonSpec :
    FunSpec({
        val anna = "anna@example.org"

        /** What a provider gets to see of [message]. */
        suspend fun sent(message: Message, before: String = "Hi", configure: Masking.Builder.() -> Unit = {}): Message {
            val script = Script({ says("Well.") })
            clientOf(script) { masking(configure) }.chat {
                user(before)
                message(message)
            }
            return script.heard
                .single()
                .messages
                .last()
        }

        test("an escape of JSON is no letter") {
            runTest {
                for (secret in listOf(anna, "+49 30 123456", "4111 1111 1111 1111")) {
                    val text = sent(Message.tool("1", """{"note":"Regards\n$secret"}""")).text
                    text shouldNotContain secret
                    Regex("\\{\"note\":\"Regards\\\\n\\[[A-Z]+_[0-9A-F]{6}]\"}").matches(text) shouldBe true
                }
            }
        }

        test("names and numbers are as telling as values") {
            runTest {
                val call = ToolCall("1", "score", """{"scores":{"$anna":5},"card":4111111111111111}""")
                val arguments = sent(Message.assistant("", listOf(call), "")).toolCalls.single().arguments
                arguments shouldNotContain anna
                arguments shouldNotContain "4111"
            }
        }

        test("JSON in which nothing is found stays as it was written") {
            runTest {
                sent(Message.tool("1", "{ \"a\" : 1 }")).text shouldBe "{ \"a\" : 1 }"
            }
        }

        test("what a provider wants to see again is left out where it tells what others have said, and not what it says itself") {
            runTest {
                val told = Message.assistant("$anna it is").withProviderState(ProviderState("script", JsonPrimitive("$anna it is")))
                sent(told, before = "I am $anna").providerState shouldBe null
                sent(told).providerState shouldBe told.providerState
                val silent = ProviderState("script", JsonPrimitive("signature"))
                sent(Message.assistant("Well").withProviderState(silent)).providerState shouldBe silent
            }
        }

        test("with a secret, another client says the same") {
            runTest {
                val message = Message.assistant("To $anna")
                sent(message) { secret("0123456789abcdef") } shouldBe sent(message) { secret("0123456789abcdef") }
                sent(message) shouldNotBe sent(message)
            }
        }

        test("what goes with texts is masked with them") {
            FakeServer.start().use { server ->
                server.enqueue(Reply.inPieces(200, "audio/mpeg", listOf(byteArrayOf(1))), OpenAiReplies.embeddings(floatArrayOf(1f)))
                clientOf(server) { masking() }.use { client ->
                    client.speak(
                        SpeechRequest
                            .builder("Hi")
                            .model("tts")
                            .extra("who", anna)
                            .build(),
                    )
                    client.embedMany(listOf(anna), options { user = anna })
                }
                server.requests.forEach { it.body shouldNotContain anna }
            }
        }

        test("requests of one's own, and for media, are sent where no rule finds anything") {
            runTest {
                val client = clientOf(Script()) { masking() }
                val refused =
                    listOf(
                        RawRequest.get("/users/anna%40example.org"),
                        RawRequest.get("/x?card=4111+1111+1111+1111"),
                        RawRequest.post("/x", """{"to":"$anna"}"""),
                    )
                for (request in refused) shouldThrow<MaskingException> { client.send(request) }
                shouldThrow<MaskingException> { client.speak(SpeechRequest.of("Write to $anna")) }
                for (request in listOf(RawRequest.get("/users/7"), RawRequest.post("/x", """{"to":"me"}"""))) {
                    val failure = runCatching { client.send(request) }.exceptionOrNull()
                    (failure is MaskingException) shouldBe false
                }
            }
        }

        test("a placeholder stays whole, whatever comes in between") {
            val own = Placeholders(MaskingRule.COMMON, ByteArray(3))
            val name = own.mask(anna)
            val said = Unmasking(own, isJson = false)
            val usage = ChatEvent.UsageUpdate(Usage.of(1, 1))
            val heard = listOf(ChatEvent.Text(name.take(4)), usage, ChatEvent.Text(name.drop(4))).flatMap(said::hear)
            heard shouldContainExactly listOf(usage, ChatEvent.Text(anna))
            val calls = listOf(0 to name.take(5), 1 to name.take(3), 0 to name.drop(5), 1 to name.drop(3))
            calls.flatMap { (index, piece) -> said.hear(ChatEvent.ToolCallDelta(index, "$index", "mail", piece)) } shouldContainExactly
                listOf(0, 1).map { ChatEvent.ToolCallDelta(it, "$it", "mail", anna) }
        }

        test("a number that was masked is a number again in a tool's hands") {
            runTest {
                val script =
                    Script({ asks(ToolCall("1", "charge", """{"card":"${Placeholders.PLACEHOLDER.find(last)!!.value}"}""")) }, { says("") })
                var charged = 0L
                val charge = tool("charge", "Charges a card") { card: Card -> "done".also { charged = card.card } }
                clientOf(script) { masking() }.generate("""{"card":4111111111111111,"lat":52.5200066}""", options { tool(charge) })
                charged shouldBe 4_111_111_111_111_111
                script.heard[0]
                    .messages
                    .single()
                    .text shouldContain "52.5200066"
            }
        }

        test("all that an answer says is unmasked") {
            val own = Placeholders(MaskingRule.COMMON, ByteArray(3))
            val other = ChatResponse.builder(Message.assistant(own.mask(anna))).build()
            val answer = ChatResponse
                .builder(Message.assistant("x"))
                .alternative(other)
                .metadata("refusal", own.mask(anna))
                .build()
            val whole = Unmasking(own, isJson = false).whole(answer)
            whole.alternatives.single().text shouldBe anna
            whole.metadata["refusal"] shouldBe anna
        }
    })
