package dev.tandem.provider.openai

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.everySampling
import dev.tandem.generate
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.respond
import io.ktor.client.engine.mock.toByteArray
import io.ktor.client.request.HttpRequestData
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonObject

/** What goes over the wire for what the user said. */
class RequestSpec :
    FunSpec({
        lateinit var sent: HttpRequestData
        val engine =
            MockEngine { request ->
                sent = request
                val done = """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"""
                respond(done, HttpStatusCode.OK, headersOf("Content-Type", "application/json"))
            }

        fun client(provider: OpenAi = OpenAi(KEY), configure: AiClient.Builder.() -> Unit = {}) = AiClient(provider) {
            this.engine = engine
            configure()
        }

        suspend fun body(): JsonElement = Json.parseToJsonElement(sent.body.toByteArray().decodeToString())

        suspend infix fun (suspend () -> Any).sends(json: String) {
            invoke()
            body() shouldBe Json.parseToJsonElement(json)
        }

        test("the least: a model of the provider's choice and one message") {
            suspend { client().generate("Hi") } sends """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}"""
            sent.url.toString() shouldBe "https://api.openai.com/v1/chat/completions"
            sent.headers["Authorization"] shouldBe "Bearer $KEY"
            sent.headers["User-Agent"]!! shouldStartWith "tandem/"
            sent.body.contentType.toString() shouldBe "application/json"
        }

        test("every option") {
            val tool = ToolDefinition.of("f", "does f", """{"type":"object"}""")
            suspend {
                client().chat {
                    user("Hi")
                    model = "m"
                    everySampling()
                    responseFormat = ResponseFormat.JSON
                    tool(tool)
                    toolChoice = ToolChoice.named("f")
                    user = "u-1"
                    metadata("k", "v")
                    header("X-Mine", "yes")
                    extra("logit_bias", mapOf("50256" to -100))
                    extra("store", true)
                }
            } sends
                """{"model":"m","messages":[{"role":"user","content":"Hi"}],"temperature":0.5,"top_p":0.9,"top_k":7,
                "max_completion_tokens":10,"seed":42,"frequency_penalty":0.1,"presence_penalty":-0.1,"stop":["END","FIN"],
                "tools":[{"type":"function","function":{"name":"f","description":"does f","parameters":{"type":"object"}}}],
                "tool_choice":{"type":"function","function":{"name":"f"}},"response_format":{"type":"json_object"},"user":"u-1",
                "metadata":{"k":"v"},"logit_bias":{"50256":-100},"store":true}"""
            sent.headers["X-Mine"] shouldBe "yes"
        }

        test("a whole conversation with a picture and a tool") {
            suspend {
                client().chat {
                    system("Be brief")
                    user(Part.Text("What is this?"), Part.Image("https://example.com/a.png"))
                    message(Message.assistant("", listOf(ToolCall("c1", "look", "{}")), ""))
                    message(Message.tool("c1", "a cat"))
                    assistant("A cat.")
                    user("Sure?")
                }
            } sends
                """{"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief"},
                {"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]},
                {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]},
                {"role":"tool","content":"a cat","tool_call_id":"c1"},{"role":"assistant","content":"A cat."},{"role":"user","content":"Sure?"}]}"""
        }

        test("an answer that was nothing but thoughts can be followed by another question") {
            suspend {
                client().chat {
                    message(Message.assistant("", emptyList(), "hm"))
                    user("So?")
                }
            } sends """{"model":"gpt-4o-mini","messages":[{"role":"assistant","content":""},{"role":"user","content":"So?"}]}"""
        }

        test("a schema for the answer") {
            suspend { client().generate("Hi") { responseFormat = ResponseFormat.jsonSchema("city", """{"type":"object"}""") } } sends
                """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],
                "response_format":{"type":"json_schema","json_schema":{"name":"city","schema":{"type":"object"},"strict":false}}}"""
        }

        test("a stream asks for its usage") {
            client().stream("Hi").toList()
            body().jsonObject.keys shouldBe setOf("model", "messages", "stream", "stream_options")
        }

        test("what the call says goes before what the client says, name by name") {
            val client =
                client {
                    model = "mine"
                    temperature = 0.1
                    header("X-A", "client")
                    header("X-B", "client")
                }
            client.generate("Hi") {
                temperature = 0.9
                header("x-a", "call")
            }
            body() shouldBe Json.parseToJsonElement("""{"model":"mine","messages":[{"role":"user","content":"Hi"}],"temperature":0.9}""")
            sent.headers.getAll("X-A") shouldBe listOf("call")
            sent.headers["X-B"] shouldBe "client"
        }

        test("a compatible server gets its own address, its own name for the limit, and no key unless there is one") {
            suspend {
                client(OpenAi.compatible("http://localhost:8080/v1/")) { model = "m" }.generate("Hi") { maxTokens = 5 }
            } sends """{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":5}"""
            sent.url.toString() shouldBe "http://localhost:8080/v1/chat/completions"
            sent.headers["Authorization"] shouldBe null
        }

        test("OpenAI behind a proxy is still OpenAI") {
            client(
                OpenAi
                    .builder()
                    .apiKey(KEY)
                    .baseUrl("https://proxy.example/openai")
                    .build(),
            ).generate("Hi") { maxTokens = 5 }
            sent.url.toString() shouldBe "https://proxy.example/openai/chat/completions"
            body().jsonObject.keys shouldBe setOf("model", "messages", "max_completion_tokens")
        }

        test("organization and project travel as headers") {
            client(
                OpenAi
                    .builder()
                    .apiKey(KEY)
                    .organization("org-1")
                    .project("proj-1")
                    .build(),
            ).generate("Hi")
            sent.headers.names() shouldContain "OpenAI-Organization"
            sent.headers["OpenAI-Project"] shouldBe "proj-1"
        }

        test("a header of the user replaces ours whatever its case") {
            client().generate("Hi") { header("authorization", "Token t") }
            sent.headers.getAll("Authorization") shouldBe listOf("Token t")
        }
    })
