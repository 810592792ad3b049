package dev.tandem.provider.gemini

import dev.tandem.AiClient
import dev.tandem.chat
import dev.tandem.model.ChatEvent.Completed
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.ProviderState
import dev.tandem.model.ToolCall
import dev.tandem.model.chatRequest
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.GeminiReplies
import dev.tandem.testing.OpenAiReplies
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.last
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** What the model said goes back to it word for word, with its signatures. */
class GeminiTurnSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(geminiOf(server))

        suspend fun streamed(): ChatResponse = (client.stream("Hi").last() as Completed).response

        /** The parts of the model's turn, as they went back. */
        suspend fun AiClient.sendsBack(vararg messages: Message): JsonElement {
            server.enqueue(GeminiReplies.chat("ok"))
            chat(chatRequest { user("Hi").messages(messages.toList()).user("And now?") })
            return Json
                .parseToJsonElement(server.requests.last().body)
                .jsonObject
                .getValue("contents")
                .jsonArray
        }

        test("plain text needs no state") {
            server.enqueue(GeminiReplies.stream("a", "b"))
            streamed().message shouldBe Message.assistant("ab")
        }

        test("a signed call goes back as it came, and its result by the name of the function") {
            server.enqueue(GeminiReplies.streamToolCall("look", """{"x":1}""", "c2ln"))
            val message = streamed().message
            client.sendsBack(message, Message.tool("call_0", "a cat")) shouldBe Json.parseToJsonElement(
                """[{"role":"user","parts":[{"text":"Hi"}]},
                {"role":"model","parts":[{"functionCall":{"name":"look","args":{"x":1}},"thoughtSignature":"c2ln"}]},
                {"role":"user","parts":[{"functionResponse":{"name":"look","response":{"result":"a cat"}}}]},
                {"role":"user","parts":[{"text":"And now?"}]}]""",
            )
        }

        test("ids that begin anew in each answer are told apart by their place") {
            server.enqueue(GeminiReplies.toolCall("first", "{}", null), GeminiReplies.toolCall("second", "{}", null))
            val turns = List(2) { listOf(client.chat { user("Hi") }.message, Message.tool("call_0", "done")) }.flatten()
            val names = client
                .sendsBack(*turns.toTypedArray())
                .jsonArray
                .flatMap { it.jsonObject.getValue("parts").jsonArray }
                .mapNotNull {
                    it.jsonObject["functionResponse"]
                        ?.jsonObject
                        ?.getValue("name")
                        .toString()
                        .takeIf { name -> name != "null" }
                }
            names shouldBe listOf("\"first\"", "\"second\"")
        }

        test("an id that the model gave goes back with the result") {
            val call = """{"functionCall":{"id":"k1","name":"f","args":{}}}"""
            val message = Message
                .assistant("", listOf(ToolCall("k1", "f", "{}")), "")
                .withProviderState(ProviderState("gemini", Json.parseToJsonElement("[$call]")))
            client.sendsBack(message, Message.tool("k1", "1")).jsonArray[2] shouldBe Json.parseToJsonElement(
                """{"role":"user","parts":[{"functionResponse":{"id":"k1","name":"f","response":{"result":"1"}}}]}""",
            )
        }

        test("thoughts, pieces of text and the signature on an empty text keep their order") {
            server.enqueue(GeminiReplies.streamThinking("hm", "c2ln", "a", "b"))
            val response = streamed()
            response.message.reasoning shouldBe "hm"
            response.usage.reasoningTokens shouldBe 4
            response.usage.outputTokens shouldBe 6
            client.sendsBack(response.message).jsonArray[1] shouldBe Json.parseToJsonElement(
                """{"role":"model","parts":[{"text":"hm","thought":true},{"text":"ab"},{"text":"","thoughtSignature":"c2ln"}]}""",
            )
        }

        test("a plain call keeps them too") {
            server.enqueue(GeminiReplies.thinking("hm", "c2ln", "a"))
            client.sendsBack(client.chat { user("Hi") }.message).jsonArray[1] shouldBe Json.parseToJsonElement(
                """{"role":"model","parts":[{"text":"hm","thought":true},{"text":"a","thoughtSignature":"c2ln"}]}""",
            )
        }

        test("what is Gemini's goes to nobody else, and what is another's does not go to Gemini") {
            val message = Message.assistant("a").withProviderState(ProviderState("openai", Json.parseToJsonElement("""[{"text":"x"}]""")))
            client.sendsBack(message).jsonArray[1] shouldBe Json.parseToJsonElement("""{"role":"model","parts":[{"text":"a"}]}""")
            server.enqueue(GeminiReplies.thinking("hm", "c2ln", "a"), OpenAiReplies.chat("ok"))
            val mine = client.chat { user("Hi") }.message
            AiClient(OpenAi.compatible(server.url)) { model = "m" }.use { it.chat(chatRequest { user("Hi").message(mine) }) }
            server.requests.last().body shouldNotContain "c2ln"
        }
    })
