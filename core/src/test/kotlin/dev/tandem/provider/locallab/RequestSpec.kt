package dev.tandem.provider.locallab

import dev.tandem.AiClient
import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.RawRequest
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolDefinition
import dev.tandem.model.options
import dev.tandem.testing.FakeServer
import dev.tandem.testing.LocalLabReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlin.time.Duration.Companion.seconds

class RequestSpec :
    FunSpec({
        val server = autoClose(FakeServer.start().answering(LocalLabReplies.server()))
        val client = autoClose(labClient(server))

        fun sent() = server.requests.last().run { "$method $path $body" }

        test("a question goes to generate, with or without what the system says") {
            client.generate("Hi") shouldBe "Echo: Hi"
            sent() shouldBe """POST /generate {"prompt":"Hi"}"""
            client.chat {
                system("Be brief")
                user("Hi")
            }
            sent() shouldBe """POST /generate {"prompt":"Hi","system_prompt":"Be brief"}"""
            client.streamText("Hi").toList() shouldBe listOf("Echo:", " Hi")
            sent() shouldBe """POST /generate {"prompt":"Hi","stream":true}"""
        }

        test("a conversation goes to chat") {
            val conversation = ChatRequest
                .builder()
                .system("Be brief")
                .user("Hi")
                .assistant("Hello")
                .user("And?")
                .build()
            client.chat(conversation).text shouldBe "Echo: And?"
            val messages = """"messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"},""" +
                """{"role":"assistant","content":"Hello"},{"role":"user","content":"And?"}]"""
            sent() shouldBe "POST /chat {$messages}"
            client.streamText(conversation).toList().joinToString("") shouldBe "Echo: And?"
            sent() shouldBe """POST /chat {$messages,"stream":true}"""
        }

        test("a question may be told to go to chat too") {
            val chatting = LocalLab
                .builder()
                .baseUrl(server.root)
                .alwaysChat()
                .build()
            AiClient(chatting).use { it.generate("Hi") } shouldBe "Echo: Hi"
            sent() shouldBe """POST /chat {"messages":[{"role":"user","content":"Hi"}]}"""
        }

        test("all that the server knows is sent, the length by both its names, and no null") {
            val all = localLabOptions {
                maxTokens = 50
                temperature = 0.5
                topP = 0.25
                topK = 40
                repetitionPenalty(1.5)
                maxTime(30.seconds)
                systemPrompt("Be brief")
                extra("future_field", listOf(1))
                extra("max_length_of_nothing", null)
            }
            client.generate("Hi", all)
            Json.parseToJsonElement(server.requests.last().body) shouldBe Json.parseToJsonElement(
                """{"prompt":"Hi","max_tokens":50,"max_length":50,"temperature":0.5,"top_p":0.25,"top_k":40,""" +
                    """"repetition_penalty":1.5,"max_time":30.0,"system_prompt":"Be brief","future_field":[1]}""",
            )
        }

        test("chat has no field for a system prompt, so it becomes a message") {
            val request = ChatRequest
                .builder()
                .user("Hi")
                .assistant("Hello")
                .user("And?")
                .options(localLabOptions { systemPrompt("Be brief") })
                .build()
            client.chat(request)
            sent() shouldContain """{"messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"}"""
            sent() shouldNotContain "system_prompt"
        }

        test("what the system says is not lost to the client's own system prompt") {
            labClient(server) { options(localLabOptions { systemPrompt("Be brief") }) }.use { brief ->
                brief.chat {
                    system("Be a pirate")
                    user("Hi")
                }
            }
            sent() shouldBe """POST /generate {"prompt":"Hi","system_prompt":"Be brief\n\nBe a pirate"}"""
            client.chat {
                system("")
                user("Hi")
            }
            sent() shouldBe """POST /generate {"prompt":"Hi","system_prompt":""}"""
        }

        test("a model is never sent, since the server has but one") {
            client.generate("Hi", options { model = "gpt-4o" })
            sent() shouldNotContain "model"
        }

        test("what the server would refuse is refused before it is sent, by name and value") {
            val before = server.requests.size
            for ((options, name) in listOf(
                options { maxTokens = 32_001 } to "max_tokens between 1 and 32000, but it is 32001",
                options { topK = 1001 } to "top_k between 1 and 1000, but it is 1001",
                options { extra("repetition_penalty", 2.5) } to "repetition_penalty between 1 and 2, but it is 2.5",
                options { extra("max_time", 0) } to "max_time must be positive, but is 0",
                options { extra("max_length", 40_000) } to "max_length between 1 and 32000, but it is 40000",
            )) {
                shouldThrow<IllegalArgumentException> { client.generate("Hi", options) }.message!! shouldContain name
                shouldThrow<IllegalArgumentException> { client.stream("Hi", options).toList() }
            }
            shouldThrow<IllegalArgumentException> { LocalLabOptions.builder().repetitionPenalty(0.9) }.message!! shouldContain "0.9"
            shouldThrow<IllegalArgumentException> { LocalLabOptions.builder().maxTimeMillis(0) }.message!! shouldContain "positive"
            server.requests.size shouldBe before
        }

        test("what the server does not know is refused before it is sent") {
            val before = server.requests.size
            val tool = ToolDefinition("f", "does f", JsonObject(emptyMap()))
            for ((options, name) in listOf(
                options { tool(tool) } to "tools [f]",
                options { stop("END") } to "stop [END]",
                options { seed = 7 } to "seed 7",
                options { frequencyPenalty = 0.5 } to "frequencyPenalty 0.5",
                options { presencePenalty = 0.5 } to "presencePenalty 0.5",
                options { responseFormat = ResponseFormat.JSON } to "responseFormat JSON",
                options { reasoning = Reasoning.HIGH } to "reasoning HIGH",
            )) {
                val error = shouldThrow<NotSupportedException> { client.generate("Hi", options) }
                error.message!! shouldContain "locallab does not know $name: leave it out"
                shouldThrow<NotSupportedException> { client.stream("Hi", options).toList() }
            }
            val image = ChatRequest.builder().user(Part.Text("What is it?"), Part.Image("https://example.com/a.png")).build()
            shouldThrow<NotSupportedException> { client.chat(image) }.message!! shouldContain "https://example.com/a.png"
            val calls = ChatRequest
                .builder()
                .user("Hi")
                .message(Message.assistant("", listOf(ToolCall("1", "f", "{}")), ""))
                .message(Message.tool("1", "x"))
                .build()
            shouldThrow<NotSupportedException> { client.chat(calls) }.message!! shouldContain "tool calls"
            shouldThrow<NotSupportedException> { client.embed("Hi") }.message!! shouldContain "embeddings"
            server.requests.size shouldBe before
        }

        test("hints that change no answer are left out") {
            client.generate(
                "Hi",
                options {
                    user = "me"
                    promptCaching = true
                    responseFormat = ResponseFormat.TEXT
                    metadata("a", "b")
                },
            )
            sent() shouldBe """POST /generate {"prompt":"Hi"}"""
        }

        test("the key is a bearer, and never shows") {
            client.generate("Hi")
            server.requests.last().header("Authorization") shouldBe "Bearer $LAB_KEY"
            server.enqueue(LocalLabReplies.error(401, "bad key $LAB_KEY"))
            shouldThrow<UnauthorizedException> { client.generate("Hi") }.run { "$message $excerpt" } shouldNotContain LAB_KEY
            "${labAt(server)}" shouldBe "LocalLab(locallab, ${server.root})"
            AiClient(LocalLab.at(server.root)).use { it.generate("Hi") }
            server.requests.last().header("Authorization") shouldBe null
        }

        test("addresses: a slash at the end, this machine, a wrong one") {
            LocalLab.at("http://lab:8000/").baseUrl shouldBe "http://lab:8000"
            LocalLab.local().baseUrl shouldBe "http://localhost:8000"
            LocalLab.fromEnvironment().baseUrl shouldBe "http://localhost:8000"
            shouldThrow<IllegalArgumentException> { LocalLab.at("lab:8000") }.message!! shouldContain "lab:8000"
        }

        test("models, lists and requests of one's own") {
            client.models().map { it.id } shouldBe listOf("fake-1", "fake-2")
            client.list("/models/list").toList().size shouldBe 2
            client.send(RawRequest.get("/health")).status shouldBe 200
            client.warmUp()
        }

        test("options in one expression are options") {
            localLabOptions { temperature = 0.2 } shouldBe options { temperature = 0.2 }
            LocalLabOptions.builder().maxTimeMillis(1500).build() shouldBe Options.builder().extra("max_time", 1.5).build()
        }
    })
