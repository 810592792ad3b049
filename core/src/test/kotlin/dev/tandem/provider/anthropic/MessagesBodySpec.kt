package dev.tandem.provider.anthropic

import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.generate
import dev.tandem.model.ChatRequest
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonPrimitive

/** What goes over the wire for what the user said. */
class MessagesBodySpec :
    FunSpec({
        val sent = Sent()

        test("the least: a model, a limit and one message") {
            sent.client().generate("Hi")
            sent.body() shouldBeJson
                """{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"max_tokens":4096}"""
            sent.request.url.toString() shouldBe "https://api.anthropic.com/v1/messages"
            sent.request.headers["x-api-key"] shouldBe KEY
            sent.request.headers["anthropic-version"] shouldBe "2023-06-01"
            sent.request.headers["anthropic-beta"] shouldBe null
            sent.request.headers["Authorization"] shouldBe null
        }

        test("every option") {
            sent.of {
                user("Hi")
                temperature = 0.5
                topP = 0.9
                topK = 7
                maxTokens = 10
                stop("END", "FIN")
                user = "u-1"
                tool(ToolDefinition.of("f", "does f", """{"properties":{}}"""))
                toolChoice = ToolChoice.named("f")
                header("X-Mine", "yes")
                extra("service_tier", "auto")
                extra("tool_choice", mapOf("disable_parallel_tool_use" to true))
                extra("max_tokens", 11)
            } shouldBeJson
                """{"max_tokens":11,"temperature":0.5,"top_p":0.9,"top_k":7,"stop_sequences":["END","FIN"],
                "tools":[{"name":"f","description":"does f","input_schema":{"type":"object","properties":{}}}],
                "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},"metadata":{"user_id":"u-1"},"service_tier":"auto"}"""
            sent.request.headers["X-Mine"] shouldBe "yes"
        }

        test("whether a tool may be called") {
            for ((choice, type) in listOf(ToolChoice.AUTO to "auto", ToolChoice.REQUIRED to "any", ToolChoice.NONE to "none")) {
                val body = sent.of {
                    user("Hi")
                    tool(ToolDefinition.of("f", "does f", "{}"))
                    toolChoice = choice
                }
                body["tool_choice"].toString() shouldBe """{"type":"$type"}"""
            }
        }

        test("a schema for the answer") {
            sent.of {
                user("Hi")
                responseFormat = ResponseFormat.jsonSchema("city", """{"type":"object"}""")
            } shouldBeJson """{"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}"""
            sent.of {
                user("Hi")
                responseFormat = ResponseFormat.TEXT
            } shouldBeJson "{}"
        }

        test("caching marks the end of the system's, of the tools and of what the user said last") {
            sent.of {
                system("Be brief")
                system("Be kind")
                user("Hi")
                assistant("Hello")
                user("Who are you?")
                assistant("I am")
                tool(ToolDefinition.of("f", "does f", "{}"))
                tool(ToolDefinition.of("g", "does g", "{}"))
                promptCaching = true
            } shouldBeJson
                """{"system":[{"type":"text","text":"Be brief"},{"type":"text","text":"Be kind","cache_control":{"type":"ephemeral"}}],
                "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},
                {"role":"assistant","content":[{"type":"text","text":"Hello"}]},
                {"role":"user","content":[{"type":"text","text":"Who are you?","cache_control":{"type":"ephemeral"}}]},
                {"role":"assistant","content":[{"type":"text","text":"I am"}]}],
                "tools":[{"name":"f","description":"does f","input_schema":{"type":"object"}},
                {"name":"g","description":"does g","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}]}"""
        }

        test("a stream is asked for as such") {
            sent.client().stream("Hi").toList()
            sent.body()["stream"] shouldBe JsonPrimitive(true)
        }

        fun refused(what: String, remedy: String, ask: ChatRequest.Builder.() -> Unit) = test("$what is refused") {
            val request = ChatRequest
                .builder()
                .user("Hi")
                .apply(ask)
                .build()
            val refusal = shouldThrow<NotSupportedException> { sent.client().chat(request) }
            refusal.message!! shouldContain what
            refusal.message!! shouldContain remedy
            shouldThrow<NotSupportedException> { sent.client().stream(request).toList() }
        }

        refused("seed 1", "leave it out") { seed = 1 }
        refused("frequencyPenalty 0.5", "leave it out") { frequencyPenalty = 0.5 }
        refused("presencePenalty -0.5", "leave it out") { presencePenalty = -0.5 }
        refused("metadata 'k'", "leave it out") { metadata("k", "v") }
        refused("JSON needs a schema", "ResponseFormat.jsonSchema") { responseFormat = ResponseFormat.JSON }
    })
