package dev.tandem.structured

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.NotSupportedException
import dev.tandem.error.StructuredOutputException
import dev.tandem.extract
import dev.tandem.generate
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolDefinition
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import dev.tandem.pipeline.FormatSupport
import dev.tandem.provider.Provider
import dev.tandem.provider.openai.OpenAi
import dev.tandem.provider.openai.OpenAiDialect
import dev.tandem.provider.openai.Vendors
import dev.tandem.resilience.RetryPolicy
import dev.tandem.streamObject
import dev.tandem.testing.AnthropicReplies
import dev.tandem.testing.FakeServer
import dev.tandem.testing.GeminiReplies
import dev.tandem.testing.LocalLabReplies
import dev.tandem.testing.OllamaReplies
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import dev.tandem.testing.ResponsesReplies
import dev.tandem.testing.WireDialect
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.last
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** What each provider is asked, and that its answer is found. */
class ProvidersSpec :
    FunSpec({
        val person = """{"name":"Ann","age":null}"""
        val prediction = Reply.of(
            201,
            "application/json",
            """{"id":"p1","status":"succeeded","output":["Sure! ",${Json.encodeToString(
                person,
            )}],"urls":{"get":"https://elsewhere.example/p1"}}""",
        )
        val closed = """"required":["name"],"additionalProperties":false"""
        val plain = """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","default":40}},$closed}"""
        val strict = """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":["integer","null"],"description":"(default: 40)"}},
            "required":["name","age"],"additionalProperties":false}"""
        val hint = "It has to fit this JSON Schema:\n$plain"

        suspend fun <T> asking(
            provider: (FakeServer) -> Provider,
            model: String,
            reply: Reply,
            ask: suspend (AiClient, FakeServer) -> T,
        ): T = FakeServer.start().use { server ->
            server.always(reply)
            AiClient(provider(server)) {
                this.model = model
                retry = RetryPolicy.NONE
            }.use { ask(it, server) }
        }

        fun FakeServer.body(): JsonObject = Json.parseToJsonElement(requests.last().body).jsonObject

        fun at(json: JsonElement, vararg path: String): JsonElement? =
            path.fold<String, JsonElement?>(json) { node, name -> (node as? JsonObject)?.get(name) }

        class Row(
            val name: String,
            val provider: (FakeServer) -> Provider,
            val model: String,
            val reply: Reply,
            val sent: JsonObject.(body: String) -> Unit,
        )

        fun row(dialect: WireDialect, reply: Reply, model: String = dialect.model, sent: JsonObject.(body: String) -> Unit) =
            Row("$dialect $model", { dialect.provider(it, KEY) }, model, reply, sent)

        fun compatible(name: String, reply: Reply, configure: OpenAiDialect.Builder.() -> Unit, sent: JsonObject.(body: String) -> Unit) =
            Row(name, { server -> OpenAi.of(OpenAiDialect.builder("own", server.url).apply(configure).build(), KEY) }, "m", reply, sent)

        val rows = listOf(
            row(WireDialect.OPENAI, OpenAiReplies.chat(person)) {
                at(this, "response_format", "json_schema", "schema") shouldBe Json.parseToJsonElement(strict)
                at(this, "response_format", "json_schema", "strict").toString() shouldBe "true"
                it shouldNotContain "It has to fit"
            },
            row(WireDialect.RESPONSES, ResponsesReplies.chat(person)) {
                at(this, "text", "format", "schema") shouldBe Json.parseToJsonElement(strict)
                at(this, "text", "format", "name").toString() shouldBe "\"Person\""
            },
            row(WireDialect.ANTHROPIC, AnthropicReplies.chat(person), "claude-sonnet-4-6") {
                at(this, "output_config", "format", "schema") shouldBe Json.parseToJsonElement(plain)
            },
            row(WireDialect.ANTHROPIC, AnthropicReplies.chat("Sure! ```json\n$person\n```"), "claude-3-5-haiku-latest") {
                at(this, "output_config") shouldBe null
                at(this, "system").toString() shouldContain "It has to fit"
            },
            row(WireDialect.GEMINI, GeminiReplies.chat(person)) {
                at(this, "generationConfig", "responseJsonSchema", "properties", "age").toString() shouldBe
                    """{"type":"integer","description":"(default: 40)"}"""
                at(this, "generationConfig", "responseMimeType").toString() shouldBe "\"application/json\""
            },
            row(WireDialect.OLLAMA, OllamaReplies.chat(person)) {
                at(this, "format") shouldBe Json.parseToJsonElement(plain)
                it shouldContain "It has to fit"
            },
            row(WireDialect.LOCALLAB, LocalLabReplies.generate("Sure: $person")) {
                at(this, "system_prompt")?.jsonPrimitive?.content.orEmpty() shouldContain
                    hint
            },
            row(WireDialect.LOCALLAB_CHAT, LocalLabReplies.chat("Sure: $person")) { it shouldContain "It has to fit" },
            row(
                WireDialect.REPLICATE,
                prediction,
            ) { at(this, "input", "system_prompt")?.jsonPrimitive?.content.orEmpty() shouldContain hint },
            compatible("a server that knows JSON only", OpenAiReplies.chat(person), { formatSupport(FormatSupport.JSON) }) {
                at(this, "response_format").toString() shouldBe """{"type":"json_object"}"""
                it shouldContain "It has to fit"
            },
            compatible("a server that knows no formats", OpenAiReplies.chat("Sure: $person"), { formatSupport(FormatSupport.NONE) }) {
                at(this, "response_format") shouldBe null
                it shouldContain "It has to fit"
            },
        )

        for (row in rows) {
            test("${row.name}: the type is asked for, and found in the answer") {
                asking(row.provider, row.model, row.reply) { client, server ->
                    client.extract<Person>("Hi") shouldBe Person("Ann")
                    row.sent(server.body(), server.body().toString())
                }
            }
        }

        test("vendors that know JSON only are known") {
            listOf(Vendors.DEEPSEEK, Vendors.AI21).forEach { it.formatSupport shouldBe FormatSupport.JSON }
            Vendors.GROQ.formatSupport shouldBe FormatSupport.SCHEMA
        }

        test("what a provider cannot be held to is asked for as well as it can be") {
            asking({ WireDialect.OPENAI.provider(it, KEY) }, "m", OpenAiReplies.chat("""{"a":1}""")) { client, server ->
                client.extract<Map<String, Int>>("Hi") shouldBe mapOf("a" to 1)
                at(server.body(), "response_format", "json_schema", "strict").toString() shouldBe "false"
            }
            asking(
                { WireDialect.ANTHROPIC.provider(it, KEY) },
                "claude-opus-4-6",
                AnthropicReplies.chat("""{"name":"a"}"""),
            ) { client, server ->
                client.extract<Node>("Hi") shouldBe Node("a")
                at(server.body(), "output_config") shouldBe null
            }
        }

        test("tools go before a format where both at once are refused") {
            val request = chatRequest {
                user("Hi")
                tool(ToolDefinition("look", "Looks", ToolDefinition.NO_PARAMETERS))
            }
            asking({ WireDialect.GEMINI.provider(it, KEY) }, "gemini-2.5-flash", GeminiReplies.chat(person)) { client, server ->
                client.extract(request, answerType<Person>()) shouldBe Person("Ann")
                at(server.body(), "generationConfig") shouldBe null
            }
            asking({ WireDialect.GEMINI.provider(it, KEY) }, "gemini-3-pro", GeminiReplies.chat(person)) { client, server ->
                client.extract(request, answerType<Person>()) shouldBe Person("Ann")
                (at(server.body(), "generationConfig", "responseJsonSchema") != null) shouldBe true
            }
            asking({ WireDialect.OLLAMA.provider(it, KEY) }, "m", OllamaReplies.chat(person)) { client, server ->
                client.extract(request, answerType<Person>()) shouldBe Person("Ann")
                at(server.body(), "format") shouldBe null
            }
        }

        test("a plain chat with a format that a provider does not know is refused as ever") {
            asking({ WireDialect.LOCALLAB.provider(it, KEY) }, "m", LocalLabReplies.generate("x")) { client, _ ->
                shouldThrow<NotSupportedException> { client.generate("Hi") { responseFormat = ResponseFormat.jsonSchema("a", plain) } }
            }
        }

        test("objects are streamed from real streams") {
            asking({ WireDialect.OPENAI.provider(it, KEY) }, "m", OpenAiReplies.stream("""{"na""", """me":"Ann"}""")) { client, _ ->
                client.streamObject<Person>("Hi").last().value shouldBe Person("Ann")
            }
        }

        test("a refusal is told in the model's words, of a whole answer and of a stream") {
            val refusal = """{"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I will not."},
                "finish_reason":"stop"}]}"""
            asking({ WireDialect.OPENAI.provider(it, KEY) }, "m", Reply.json(refusal)) { client, server ->
                shouldThrow<StructuredOutputException> { client.extract<Person>("Hi") }.message shouldBe "the model refuses: I will not."
                server.requests.size shouldBe 1
            }
        }

        test("a tool that nobody runs is named") {
            asking({ WireDialect.OPENAI.provider(it, KEY) }, "m", OpenAiReplies.toolCall("c", "look", "{}")) { client, _ ->
                shouldThrow<StructuredOutputException> { client.extract<Person>("Hi", options { repairs = 5 }) }.message shouldBe
                    "the model asks for the tools [look], which nobody runs here: give it a Tool, or none"
            }
        }
    })
