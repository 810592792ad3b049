package dev.tandem.provider.gemini

import dev.tandem.KEY
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
import dev.tandem.testing.GeminiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.toList

/** What goes over the wire for what the user said. */
class GeminiRequestSpec :
    FunSpec({
        val server = autoClose(FakeServer.start().always(GeminiReplies.chat("ok")))
        val client = autoClose(geminiOf(server))

        test("the least: a model of the provider's choice and one message; the key is in a header") {
            client.generate("Hi")
            server shouldHaveGot """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"""
            val request = server.requests.last()
            request.path shouldBe "/v1beta/models/gemini-2.5-flash:generateContent"
            request.header("x-goog-api-key") shouldBe KEY
            request.header("Authorization") shouldBe null
        }

        test("a stream has a path of its own and the same body") {
            server.enqueue(GeminiReplies.stream("o", "k"))
            client.streamText("Hi").toList() shouldBe listOf("o", "k")
            server.requests.last().path shouldBe "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
            server shouldHaveGot """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"""
        }

        test("every option") {
            client.chat {
                user("Hi")
                model = "tunedModels/m y"
                everySampling()
                reasoning = Reasoning.LOW
                responseFormat = ResponseFormat.jsonSchema("city", """{"type":"object"}""")
                tool(ToolDefinition.of("f", "does f", """{"type":"object","properties":{"x":{"type":"integer"}}}"""))
                tool(ToolDefinition("g", "does g", ToolDefinition.NO_PARAMETERS))
                toolChoice = ToolChoice.named("f")
            }
            server shouldHaveGot
                """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":{"temperature":0.5,"topP":0.9,"topK":7,
                "maxOutputTokens":10,"seed":42,"presencePenalty":-0.1,"frequencyPenalty":0.1,"stopSequences":["END","FIN"],
                "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},
                "thinkingConfig":{"thinkingBudget":1024,"includeThoughts":true}},
                "tools":[{"functionDeclarations":[
                {"name":"f","description":"does f","parametersJsonSchema":{"type":"object","properties":{"x":{"type":"integer"}}}},
                {"name":"g","description":"does g"}]}],
                "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}}}"""
            server.requests.last().path shouldBe "/v1beta/tunedModels/m%20y:generateContent"
        }

        test("tools may be asked for, demanded or forbidden") {
            val modes = mapOf(ToolChoice.AUTO to "AUTO", ToolChoice.REQUIRED to "ANY", ToolChoice.NONE to "NONE")
            for ((choice, mode) in modes) {
                client.generate("Hi") {
                    tool(ToolDefinition("f", "does f", ToolDefinition.NO_PARAMETERS))
                    toolChoice = choice
                }
                server.requests.last().body shouldContain """"toolConfig":{"functionCallingConfig":{"mode":"$mode"}}"""
            }
        }

        test("JSON without a schema") {
            client.generate("Hi") { responseFormat = ResponseFormat.JSON }
            server.requests.last().body shouldContain """"generationConfig":{"responseMimeType":"application/json"}"""
        }

        test("each model is told how much to think in its own way") {
            for ((asked, config) in listOf(
                ("gemini-2.5-flash" to Reasoning.NONE) to """{"thinkingBudget":0}""",
                ("gemini-2.5-pro" to Reasoning.NONE) to """{"thinkingBudget":128}""",
                ("gemini-2.5-pro" to Reasoning.HIGH) to """{"thinkingBudget":24576,"includeThoughts":true}""",
                ("gemini-3-flash" to Reasoning.NONE) to """{"thinkingLevel":"minimal"}""",
                ("gemini-3-pro" to Reasoning.NONE) to """{"thinkingLevel":"low"}""",
                ("gemini-3-pro" to Reasoning.HIGH) to """{"thinkingLevel":"high","includeThoughts":true}""",
                ("gemini-3-pro" to Reasoning.maxTokens(777)) to """{"thinkingBudget":777,"includeThoughts":true}""",
            )) {
                withClue(asked) {
                    client.generate("Hi") {
                        model = asked.first
                        reasoning = asked.second
                    }
                    server.requests.last().body shouldContain """"thinkingConfig":$config"""
                }
            }
        }

        test("extra fields go to the top, objects into ours, and have the last word") {
            client.generate("Hi") {
                temperature = 0.5
                topK = 7
                extra("generationConfig", mapOf("temperature" to 0.1, "candidateCount" to 2))
                extra("cachedContent", "cachedContents/1")
            }
            server shouldHaveGot
                """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],
                "generationConfig":{"temperature":0.1,"topK":7,"candidateCount":2},"cachedContent":"cachedContents/1"}"""
        }

        test("a system message without words is left out, like all that has none") {
            client.chat {
                system("")
                user("Hi")
            }
            server shouldHaveGot """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"""
        }

        test("a whole conversation that another provider's model has begun") {
            client.chat {
                system("Be brief")
                system("Be kind")
                user(Part.Text("What is this?"), Part.Image("data:image/png;base64,iVBORw=="), Part.Image("https://example.com/a.png"))
                message(
                    Message.assistant("Let me see.", listOf(ToolCall("c1", "look", """{"x":1}"""), ToolCall("c2", "smell", "oops")), ""),
                )
                message(Message.tool("c1", """{"seen":"a cat"}"""))
                message(Message.tool("c2", "fish"))
                message(Message.assistant("", emptyList(), ""))
                assistant("A cat.")
                user("Sure?")
            }
            server shouldHaveGot
                """{"systemInstruction":{"parts":[{"text":"Be brief"},{"text":"Be kind"}]},"contents":[
                {"role":"user","parts":[{"text":"What is this?"},{"inlineData":{"mimeType":"image/png","data":"iVBORw=="}},
                {"fileData":{"fileUri":"https://example.com/a.png"}}]},
                {"role":"model","parts":[{"text":"Let me see."},{"functionCall":{"name":"look","args":{"x":1}}},
                {"functionCall":{"name":"smell","args":{"INVALID_JSON":"oops"}}}]},
                {"role":"user","parts":[{"functionResponse":{"name":"look","response":{"seen":"a cat"}}},
                {"functionResponse":{"name":"smell","response":{"result":"fish"}}}]},
                {"role":"model","parts":[{"text":"A cat."}]},{"role":"user","parts":[{"text":"Sure?"}]}]}"""
        }

        test("a model that signs its calls is told that a foreign one has no signature") {
            client.chat {
                model = "gemini-3-pro-preview"
                user("Hi")
                message(Message.assistant("", listOf(ToolCall("c1", "f", "{}"), ToolCall("c2", "g", "{}")), ""))
                message(Message.tool("c1", "[1]"))
                message(Message.tool("c2", "2"))
            }
            server shouldHaveGot
                """{"contents":[{"role":"user","parts":[{"text":"Hi"}]},
                {"role":"model","parts":[{"functionCall":{"name":"f","args":{}},"thoughtSignature":"skip_thought_signature_validator"},
                {"functionCall":{"name":"g","args":{}}}]},
                {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"result":[1]}}},
                {"functionResponse":{"name":"g","response":{"result":"2"}}}]}]}"""
        }

        test("what Gemini cannot take is refused before anything is sent") {
            val sent = server.requests.size
            val urls = mapOf(
                "http://example.com/a.png" to "http://example.com/a.png",
                "data:image/png,abc" to "data:image/png, 4 characters",
            )
            for ((url, shown) in urls) {
                val says = "gemini: Image($shown) is not taken: it must be an https:// address, or begin with data:, a type and ;base64"
                shouldThrow<NotSupportedException> { client.chat { user(Part.Image(url)) } }.message shouldBe says
                shouldThrow<NotSupportedException> { client.stream { user(Part.Image(url)) }.toList() }.message shouldBe says
            }
            shouldThrow<IllegalArgumentException> { client.chat { message(Message.tool("c9", "x")) } }.message shouldBe
                "the result of tool call 'c9' has no such call before it in the conversation"
            for (name in listOf("../files", "models/../x", "a//b")) {
                shouldThrow<IllegalArgumentException> { client.generate("Hi") { model = name } }.message shouldBe
                    "model must be a name or a path of names, but is '$name'"
            }
            server.requests.size shouldBe sent
        }
    })
