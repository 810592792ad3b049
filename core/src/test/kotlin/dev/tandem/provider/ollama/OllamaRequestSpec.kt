package dev.tandem.provider.ollama

import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.everySampling
import dev.tandem.generate
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.stream
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OllamaReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList

/** What goes over the wire for what the user said. */
class OllamaRequestSpec :
    FunSpec({
        val server = autoClose(FakeServer.start().always(OllamaReplies.chat("ok")))
        val client = autoClose(ollamaOf(server))

        test("the least: a model of the provider's choice, one message, and that no stream is wanted") {
            client.generate("Hi") shouldBe "ok"
            server shouldHaveGot """{"model":"llama3.2","messages":[{"role":"user","content":"Hi"}],"stream":false}"""
            val request = server.requests.last()
            request.path shouldBe "/api/chat"
            request.header("Authorization") shouldBe null
        }

        test("a stream says so") {
            server.enqueue(OllamaReplies.stream("o", "k"))
            client.streamText("Hi").toList() shouldBe listOf("o", "k")
            server shouldHaveGot """{"model":"llama3.2","messages":[{"role":"user","content":"Hi"}],"stream":true}"""
        }

        test("every option") {
            client.chat {
                user("Hi")
                model = "m"
                everySampling()
                reasoning = Reasoning.LOW
                responseFormat = ResponseFormat.jsonSchema("city", """{"type":"object"}""")
                tool(ToolDefinition.of("f", "does f", """{"type":"object"}"""))
                toolChoice = ToolChoice.AUTO
            }
            server shouldHaveGot
                """{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":false,"options":{"temperature":0.5,"top_p":0.9,
                "top_k":7,"num_predict":10,"seed":42,"frequency_penalty":0.1,"presence_penalty":-0.1,"stop":["END","FIN"]},
                "format":{"type":"object"},"think":true,
                "tools":[{"type":"function","function":{"name":"f","description":"does f","parameters":{"type":"object"}}}]}"""
        }

        test("JSON without a schema, and plain text") {
            client.generate("Hi") { responseFormat = ResponseFormat.JSON }
            server.requests.last().body shouldContain """"format":"json""""
            client.generate("Hi") { responseFormat = ResponseFormat.TEXT }
            server.requests.last().body shouldNotContain "format"
        }

        test("a model is told whether to think, and how much where it listens") {
            for ((asked, think) in listOf(
                ("qwen3" to Reasoning.NONE) to "false",
                ("qwen3" to Reasoning.HIGH) to "true",
                ("gpt-oss:20b" to Reasoning.LOW) to "\"low\"",
            )) {
                client.generate("Hi") {
                    model = asked.first
                    reasoning = asked.second
                }
                server.requests.last().body shouldContain """"think":$think"""
            }
        }

        test("extra fields go to the top, objects into ours, and have the last word") {
            client.generate("Hi") {
                temperature = 0.5
                maxTokens = 7
                extra("options", mapOf("num_ctx" to 8192, "temperature" to 0.1))
                extra("keep_alive", "10m")
            }
            server shouldHaveGot
                """{"model":"llama3.2","messages":[{"role":"user","content":"Hi"}],"stream":false,
                "options":{"temperature":0.1,"num_predict":7,"num_ctx":8192},"keep_alive":"10m"}"""
        }

        test("a whole conversation with a picture and a tool") {
            client.chat {
                system("Be brief")
                user(Part.Text("What is this?"), Part.Image("data:image/png;base64,iVBORw=="))
                message(Message.assistant("", listOf(ToolCall("c1", "look", """{"x":1}""")), ""))
                message(Message.tool("c1", "a cat"))
                assistant("A cat.")
                user("Sure?")
            }
            server shouldHaveGot
                """{"model":"llama3.2","messages":[{"role":"system","content":"Be brief"},
                {"role":"user","content":"What is this?","images":["iVBORw=="]},
                {"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"name":"look","arguments":{"x":1}}}]},
                {"role":"tool","content":"a cat","tool_name":"look","tool_call_id":"c1"},
                {"role":"assistant","content":"A cat."},{"role":"user","content":"Sure?"}],"stream":false}"""
        }

        test("thoughts go back to Ollama, with the calls they led to") {
            server.enqueue(OllamaReplies.thinking("hm", "a"))
            val message = client.chat { user("Hi") }.message
            message.reasoning shouldBe "hm"
            client.chat {
                message(message)
                user("Sure?")
            }
            server shouldHaveGot
                """{"model":"llama3.2","messages":[{"role":"assistant","content":"a","thinking":"hm"},{"role":"user","content":"Sure?"}],
                "stream":false}"""
        }

        test("no tools are sent where none may be used") {
            client.generate("Hi") {
                tool(ToolDefinition("f", "does f", ToolDefinition.NO_PARAMETERS))
                toolChoice = ToolChoice.NONE
            }
            server.requests.last().body shouldNotContain "tools"
        }

        test("what Ollama cannot do is refused before anything is sent") {
            val sent = server.requests.size
            val says = "ollama: Image(https://example.com/a.png) is not taken: download it, and send it as an address that begins " +
                "with data:, a type and ;base64"
            shouldThrow<NotSupportedException> { client.chat { user(Part.Image("https://example.com/a.png")) } }.message shouldBe says
            shouldThrow<NotSupportedException> {
                client.stream { user(Part.Image("https://example.com/a.png")) }.toList()
            }.message shouldBe says
            shouldThrow<NotSupportedException> { client.chat { user(Part.File.uploaded("f-1")) } }.message shouldBe
                "ollama: File(f-1) is not taken: of media only images are; send what it says as Part.Text"
            for (choice in listOf(ToolChoice.REQUIRED, ToolChoice.named("f"))) {
                shouldThrow<NotSupportedException> {
                    client.generate("Hi") {
                        tool(ToolDefinition.of("f", "does f", """{"type":"object"}"""))
                        toolChoice = choice
                    }
                }.message shouldBe
                    "ollama: tool choice $choice is not taken: only AUTO and NONE are"
            }
            server.requests.size shouldBe sent
        }
    })
