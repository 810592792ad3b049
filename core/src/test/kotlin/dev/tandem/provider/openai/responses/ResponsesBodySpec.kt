package dev.tandem.provider.openai.responses

import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.generate
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.ProviderState
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.provider.Asked
import dev.tandem.provider.openai.OpenAi
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** What goes over the wire of Responses for what the user said. */
class ResponsesBodySpec :
    FunSpec({
        val asked =
            Asked("""{"id":"r","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"ok"}]}]}""")
        val provider = OpenAi
            .builder()
            .apiKey(KEY)
            .responses()
            .build()
        val client = asked.client(provider)
        val tool = ToolDefinition.of("f", "does f", """{"type":"object"}""")

        suspend fun input() = asked.body()["input"]!!.jsonArray

        test("the least: a model, one message, and nothing kept at the server") {
            client.generate("Hi") shouldBe "ok"
            asked.url shouldBe "https://api.openai.com/v1/responses"
            asked.last.headers["Authorization"] shouldBe "Bearer $KEY"
            asked bodyIs """{"model":"gpt-4o-mini","input":[{"type":"message","role":"user","content":"Hi"}],"store":false}"""
        }

        test("a stream says so") {
            client.stream("Hi").toList()
            asked bodyIs
                """{"model":"gpt-4o-mini","input":[{"type":"message","role":"user","content":"Hi"}],"store":false,"stream":true}"""
        }

        test("every option") {
            client.chat {
                user("Hi")
                model = "m"
                temperature = 0.5
                topP = 0.9
                maxTokens = 10
                reasoning = Reasoning.LOW
                tool(tool)
                toolChoice = ToolChoice.named("f")
                responseFormat = ResponseFormat.jsonSchema("city", """{"type":"object"}""")
                user = "u-1"
                metadata("k", "v")
                extra("truncation", "auto")
                extra("store", true)
            }
            asked bodyIs
                """{"model":"m","input":[{"type":"message","role":"user","content":"Hi"}],"store":true,"max_output_tokens":10,
                "temperature":0.5,"top_p":0.9,"reasoning":{"effort":"low","summary":"auto"},"include":["reasoning.encrypted_content"],
                "tools":[{"type":"function","name":"f","description":"does f","parameters":{"type":"object"},"strict":false}],
                "tool_choice":{"type":"function","name":"f"},
                "text":{"format":{"type":"json_schema","name":"city","schema":{"type":"object"},"strict":false}},
                "user":"u-1","metadata":{"k":"v"},"truncation":"auto"}"""
        }

        test("no thoughts wanted, none asked for") {
            client.generate("Hi") { reasoning = Reasoning.NONE }
            asked.body()["reasoning"] shouldBe Json.parseToJsonElement("""{"effort":"none"}""")
            asked.body().keys.contains("include") shouldBe false
        }

        test("a whole conversation with a picture and a tool") {
            client.chat {
                system("Be brief")
                user(Part.Text("What is this?"), Part.Image("https://example.com/a.png"))
                message(Message.assistant("Let me see", listOf(ToolCall("c1", "look", "{}")), "hm"))
                message(Message.tool("c1", "a cat"))
                assistant("A cat.")
                user("Sure?")
            }
            input() shouldBe
                Json.parseToJsonElement(
                    """[{"type":"message","role":"system","content":"Be brief"},
                    {"type":"message","role":"user","content":[{"type":"input_text","text":"What is this?"},
                    {"type":"input_image","image_url":"https://example.com/a.png","detail":"auto"}]},
                    {"type":"message","role":"assistant","content":"Let me see"},
                    {"type":"function_call","call_id":"c1","name":"look","arguments":"{}"},
                    {"type":"function_call_output","call_id":"c1","output":"a cat"},
                    {"type":"message","role":"assistant","content":"A cat."},{"type":"message","role":"user","content":"Sure?"}]""",
                )
        }

        test("options that this wire has no place for are refused before anything is sent, by name") {
            val before = asked.requests.size
            for ((name, options) in mapOf(
                "topK (7)" to Options.builder().topK(7),
                "seed (1)" to Options.builder().seed(1),
                "stop ([END])" to Options.builder().stop("END"),
                "frequencyPenalty (0.5)" to Options.builder().frequencyPenalty(0.5),
                "presencePenalty (0.5)" to Options.builder().presencePenalty(0.5),
            )) {
                shouldThrow<NotSupportedException> { client.generate("Hi", options.build()) }.message!! shouldContain "have no $name"
            }
            asked.requests.size shouldBe before
            client.generate("Hi") { extra("top_k", 7) }
            asked.body()["top_k"].toString() shouldBe "7"
        }

        /** An answer of the model with these items, word for word. */
        fun answer(items: String, owner: String = "openai/responses") = Message
            .assistant(
                "a",
                listOf(ToolCall("c1", "f", "{}")),
                "",
            ).withProviderState(ProviderState(owner, Json.parseToJsonElement(items)))

        suspend fun returned(message: Message, store: Boolean = false): String {
            client.chat {
                user("Hi")
                message(message)
                message(Message.tool("c1", "1"))
                if (store) extra("store", true)
            }
            return JsonArray(input().drop(1).dropLast(1)).toString()
        }

        val thought = """{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gAAA"}"""
        val bareThought = """{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":null}"""
        val call = """{"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":"{}","status":"completed"}"""
        val namelessCall = """{"type":"function_call","call_id":"c1","name":"f","arguments":"{}","status":"completed"}"""

        test("an answer goes back word for word, in its own order, thoughts included") {
            returned(answer("[$thought,$call]")) shouldBe "[$thought,$call]"
        }

        test("a thought that is not encrypted means nothing to a server that keeps nothing") {
            returned(answer("[$bareThought,$call]")) shouldBe "[$namelessCall]"
            returned(answer("[$bareThought,$call]"), store = true) shouldBe "[$bareThought,$call]"
        }

        test("a thought that led to nothing stays here") {
            returned(answer("[$call,$thought]")) shouldBe "[$call]"
        }

        test("what another provider said is for that provider") {
            val plain = """[{"type":"message","role":"assistant","content":"a"},""" +
                """{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}]"""
            returned(answer("[$thought,$call]", owner = "azure")) shouldBe plain
            // Chat completions of the same vendor have a state of another shape.
            returned(answer("{}", owner = "openai")) shouldBe plain
        }

        test("chat completions of the same vendor do not see the items either") {
            val completions = Asked("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")
            completions.client(OpenAi(KEY)).chat {
                user("Hi")
                message(answer("[$thought]"))
            }
            completions
                .body()["messages"]!!
                .jsonArray
                .last()
                .jsonObject.keys shouldBe setOf("role", "content", "tool_calls")
        }
    })
