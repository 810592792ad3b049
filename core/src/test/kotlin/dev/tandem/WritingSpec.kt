package dev.tandem

import dev.tandem.accounting.Budget
import dev.tandem.error.AiException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.NotSupportedException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.StructuredOutputException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.RawResponse
import dev.tandem.model.ToolDefinition
import dev.tandem.model.chatRequest
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.provider.Provider
import dev.tandem.provider.anthropic.Anthropic
import dev.tandem.provider.gemini.Gemini
import dev.tandem.provider.openai.OpenAi
import dev.tandem.schema.Schema
import dev.tandem.structured.Extracted
import dev.tandem.structured.answerType
import dev.tandem.testing.AnthropicReplies
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import dev.tandem.testing.ResponsesReplies
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

/** Chats that somebody else brings to the provider. */
class WritingSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())

        class Wire(val name: String, val path: String, val provider: Provider, val answer: Reply, val error: (Int) -> Reply) {
            override fun toString() = name
        }

        val openAi = OpenAi.builder().apiKey(KEY).baseUrl(server.url)
        val openAiError = { status: Int -> OpenAiReplies.error(status, "why", "type", "rate_limit_exceeded") }
        val wires = listOf(
            Wire("chat completions", "/chat/completions", openAi.build(), OpenAiReplies.chat("Hello"), openAiError),
            Wire("responses", "/responses", openAi.responses().build(), ResponsesReplies.chat("Hello"), openAiError),
            Wire(
                "messages",
                "/messages",
                Anthropic
                    .builder()
                    .apiKey(KEY)
                    .baseUrl(server.url)
                    .build(),
                AnthropicReplies.chat("Hello"),
            ) {
                AnthropicReplies.error(it, "why")
            },
        )
        val request = chatRequest {
            system("Be brief")
            user("Hi")
            temperature = 0.5
            tool(ToolDefinition("weather", "The weather", Schema.objectOf().build()))
        }

        for (wire in wires) {
            test("$wire: what is written is what would be sent, and nothing is") {
                AiClient(wire.provider) {
                    model = "m-1"
                    maxTokens = 77
                    header("x-all", "1")
                }.use { ai ->
                    server.enqueue(wire.answer)
                    val before = server.requests.size
                    ai.chat(request)
                    ai.resetStats()
                    val written = ai.write(request)
                    server.requests.size shouldBe before + 1
                    written.method shouldBe "POST"
                    "/v1" + written.path shouldBe server.requests.last().path
                    written.path shouldBe wire.path
                    written.body shouldBe Json.parseToJsonElement(server.requests.last().body)
                    written.options.headers shouldBe mapOf("x-all" to "1")
                    ai.stats().successful shouldBe 0
                }
            }

            test("$wire: what comes by another way is read as if it had come by ours") {
                AiClient(wire.provider) {
                    model = "m-1"
                    retry { maxAttempts = 1 }
                }.use { ai ->
                    server.enqueue(wire.answer, wire.answer)
                    val plain = ai.chat(request)
                    val read = ai.read(ai.send(ai.write(request)))
                    read.toString() shouldBe plain.toString()
                    read.metadata shouldBe plain.metadata
                    read.usage shouldBe plain.usage
                    for (status in listOf(400, 401, 404, 429, 500, 503)) {
                        server.enqueue(wire.error(status))
                        val thrown = shouldThrow<AiException> { ai.chat(request) }
                        val body = thrown.excerpt!!
                        val other = shouldThrow<AiException> { ai.read(RawResponse.of(status, mapOf("x-request-id" to "req-9"), body)) }
                        other::class shouldBe thrown::class
                        listOf(other.status, other.code) shouldBe listOf(thrown.status, thrown.code)
                        other.requestId shouldBe "req-9"
                    }
                }
            }

            test("$wire: what is no answer is malformed, and an error under 200 is an error") {
                AiClient(wire.provider) { model = "m-1" }.use { ai ->
                    shouldThrow<MalformedResponseException> { ai.read(RawResponse.of(200, emptyMap(), "{\"a\":1}")) }
                    shouldThrow<MalformedResponseException> { ai.read(RawResponse.of(200, emptyMap(), "")) }
                    val error = """{"error":{"type":"rate_limit_error","code":"rate_limit_exceeded","message":"slow down"}}"""
                    shouldThrow<RateLimitedException> { ai.read(RawResponse.of(200, emptyMap(), error)) }
                    val quoting = """{"error":{"type":"authentication_error","message":"wrong key: $KEY"}}"""
                    shouldThrow<UnauthorizedException> { ai.read(RawResponse.of(401, emptyMap(), quoting)) }.message!! shouldNotContain KEY
                }
            }
        }

        test("layers of your own have their say, and see no answer") {
            val seen = mutableListOf<String>()
            val layer = object : Middleware {
                override fun <T> around(call: Call<T>, next: Next): Flow<T> {
                    seen += call.operation.toString()
                    val asked = (call.request as ChatRequest).newBuilder().temperature(0.1).build()
                    return next.proceed(call.withRequest(asked))
                }
            }
            AiClient(OpenAi(KEY)) { middleware(layer) }.use { ai ->
                ai.write(request).body.toString() shouldContain "\"temperature\":0.1"
                seen shouldContainExactly listOf("write")
            }
        }

        test("what this client could not keep is refused, by name") {
            suspend fun refused(request: ChatRequest = ChatRequest.of("Hi"), configure: AiClient.Builder.() -> Unit) =
                shouldThrow<NotSupportedException> { AiClient(OpenAi(KEY), configure).use { it.write(request) } }.message!!

            refused { masking() } shouldContain "this client has masking"
            refused { budget(Budget.ofTokens(10)) } shouldContain "this client has a budget"
            refused { tool(tool("weather", "The weather") { place: Town -> place.name }) } shouldContain
                "nobody would run the tool 'weather'"
            AiClient(Gemini(KEY)).use { ai ->
                shouldThrow<NotSupportedException> { ai.write(request) }.message!! shouldContain "gemini shows nobody what it sends"
                shouldThrow<NotSupportedException> { ai.read(RawResponse.of(200, emptyMap(), "{}")) }
            }
        }

        test("a request without a model is refused as a call is") {
            AiClient(OpenAi.compatible(server.url)).use { ai ->
                shouldThrow<IllegalArgumentException> { ai.write(request) }.message!! shouldContain "no model"
            }
        }

        test("typed answers are asked for and read as extract does it") {
            AiClient(wires.first().provider) { model = "m-1" }.use { ai ->
                val type = answerType<Town>()
                server.enqueue(OpenAiReplies.chat("""{"name":"Lisbon","people":545000}"""))
                ai.extract(ChatRequest.of("Lisbon?"), type) shouldBe Town("Lisbon", 545_000)
                val written = ai.write(Extracted.asking(ChatRequest.of("Lisbon?"), type))
                written.body shouldBe Json.parseToJsonElement(server.requests.last().body)

                fun read(text: String) = Extracted.of(ai.read(RawResponse.of(200, emptyMap(), bodyOf(text))), type)
                read("""{"name":"Porto","people":231800}""").value shouldBe Town("Porto", 231_800)
                shouldThrow<StructuredOutputException> { read("""{"name":"Porto"}""") }.violations.single() shouldContain "people"
            }
        }

        test("a client says whom it asks") {
            AiClient(OpenAi(KEY)).use { it.provider shouldBe "openai" }
            AiClient(Gemini(KEY)).use { it.provider shouldBe "gemini" }
        }
    })

private fun bodyOf(text: String) =
    """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":${Json.encodeToString(
        text,
    )}},"finish_reason":"stop"}]}"""

@Serializable
private data class Town(val name: String, val people: Int)
