package dev.tandem.provider.openai

import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.Reasoning
import dev.tandem.provider.Asked
import dev.tandem.testing.OpenAiReplies.event
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.jsonPrimitive

/** What is each vendor's own. */
class VendorQuirksSpec :
    FunSpec({
        test("OpenRouter is told who calls") {
            val asked = Asked("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")
            val provider = OpenAi
                .builder(Vendors.OPENROUTER)
                .apiKey(KEY)
                .header("HTTP-Referer", "https://mine.example")
                .header("X-Title", "Mine")
                .build()
            asked.client(provider).generate("Hi")
            asked.last.headers["HTTP-Referer"] shouldBe "https://mine.example"
            asked.last.headers["X-Title"] shouldBe "Mine"
            asked.client(provider).generate("Hi") { reasoning = Reasoning.maxTokens(99) }
            asked.body()["reasoning"].toString() shouldBe """{"max_tokens":99}"""
        }

        test("DeepSeek and ByteDance can be told not to think") {
            val asked = Asked("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")
            for (dialect in listOf(Vendors.DEEPSEEK, Vendors.BYTEDANCE)) {
                asked.client(OpenAi.of(dialect, KEY)).generate("Hi") { reasoning = Reasoning.NONE }
                asked.body()["thinking"].toString() shouldBe """{"type":"disabled"}"""
                asked.body().keys.contains("reasoning_effort") shouldBe false
            }
        }

        /** The last message that goes back in the turn after an answer of [message]. */
        suspend fun returned(dialect: OpenAiDialect, message: String): String {
            val asked = Asked("""{"choices":[{"message":$message,"finish_reason":"stop"}]}""")
            val client = asked.client(OpenAi.of(dialect, KEY))
            val answer = client.chat { user("Hi") }.message
            client.chat {
                user("Hi")
                message(answer)
            }
            return asked
                .body()["messages"]
                .toString()
                .substringAfter("},")
                .removeSuffix("]")
        }

        val call = """{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}"""

        test("thoughts and signatures go back as they came") {
            returned(Vendors.DEEPSEEK, """{"content":"a","reasoning_content":"hm"}""") shouldBe
                """{"role":"assistant","content":"a","reasoning_content":"hm"}"""
            returned(Vendors.DEEPSEEK, """{"content":null,"reasoning_content":"","tool_calls":[$call]}""") shouldBe
                """{"role":"assistant","content":null,"tool_calls":[$call],"reasoning_content":""}"""
            val details = """[{"type":"reasoning.encrypted","data":"gAAA","id":"r1","format":"openai-responses-v1","index":0}]"""
            returned(Vendors.OPENROUTER, """{"content":"a","reasoning":"hm","reasoning_details":$details}""") shouldBe
                """{"role":"assistant","content":"a","reasoning_details":$details}"""
        }

        test("OpenRouter's details come in pieces and go back as one") {
            fun piece(details: String) = delta("""{"content":"","reasoning_details":[$details]}""")
            val body = piece("""{"type":"reasoning.text","text":"h","signature":null,"index":0,"format":"f"}""") +
                piece("""{"type":"reasoning.text","text":"m","index":0}""") +
                piece("""{"type":"reasoning.text","signature":"s","index":0}""") +
                piece("""{"type":"reasoning.encrypted","data":"x","index":1}""") + text("a") + stop
            answer(body)
                .message.providerState!!
                .json
                .toString() shouldBe
                """{"reasoning_details":[{"type":"reasoning.text","text":"hm","signature":"s","index":0,"format":"f"},""" +
                """{"type":"reasoning.encrypted","data":"x","index":1}]}"""
        }

        test("what Gemini hangs on a tool call goes back with it, the call having an id or not") {
            val extra = """"extra_content":{"google":{"thought_signature":"s"}}"""
            val gemini = OpenAiDialect
                .builder("gemini-openai", "https://generativelanguage.googleapis.com/v1beta/openai")
                .keyVariable("GEMINI_API_KEY")
                .defaultModel("gemini")
                .build()
            for ((id, sent) in listOf("c1" to """"id":"c1",""", "call_0" to "")) {
                val message = """{"content":null,"tool_calls":[{$sent$extra,"function":{"name":"f","arguments":"{}"}}]}"""
                returned(gemini, message) shouldBe
                    """{"role":"assistant","content":null,"tool_calls":[{$extra,"id":"$id","type":"function","function":{"name":"f","arguments":"{}"}}]}"""
            }
        }

        test("Perplexity's sources are metadata, whole and streamed") {
            val sources = """"citations":["https://a.example"],"search_results":[{"title":"A"}]"""
            val body = event("""{"choices":[{"delta":{"content":"a"}}],$sources}""") + stop
            val streamed = (events(body).last() as ChatEvent.Completed).response
            val whole = Asked("""{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}],$sources}""")
                .client(OpenAi.of(Vendors.PERPLEXITY, KEY))
                .chat { user("Hi") }
            for (response in listOf(streamed, whole)) {
                response.metadata["citations"] shouldBe """["https://a.example"]"""
                response.metadata["search_results"] shouldBe """[{"title":"A"}]"""
            }
        }

        test("Mistral answers in parts, some of them thoughts") {
            val parts = """[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"}]"""
            val response = Asked("""{"choices":[{"message":{"content":$parts},"finish_reason":"stop"}]}""")
                .client(OpenAi.of(Vendors.MISTRAL, KEY))
                .chat { user("Hi") }
            response.text shouldBe "a"
            response.message.reasoning shouldBe "hm"
        }

        test("an address of one's own is the vendor's all the same") {
            val asked = Asked("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")
            val provider = OpenAi
                .builder(Vendors.BYTEDANCE)
                .apiKey(KEY)
                .baseUrl("https://ark.eu-west.bytepluses.com/api/v3")
                .build()
            asked.client(provider).generate("Hi")
            asked.url shouldBe "https://ark.eu-west.bytepluses.com/api/v3/chat/completions"
            asked.body()["model"]!!.jsonPrimitive.content shouldBe "dola-seed-2-1-turbo-260628"
        }
    })
