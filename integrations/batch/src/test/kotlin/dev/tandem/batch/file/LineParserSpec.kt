package dev.tandem.batch.file

import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.model.ToolChoice
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.kotest.property.Arb
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.serialization.json.JsonPrimitive

class LineParserSpec :
    StringSpec({
        "reads a request of OpenAI's batches" {
            val line = read(
                """{"custom_id":"r1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","max_completion_tokens":7,""" +
                    """"temperature":0.5,"top_p":0.9,"seed":3,"stop":["a","b"],"user":"u",""" +
                    """"logit_bias":{"5":1},"tool_choice":"required",""" +
                    """"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}},""" +
                    """"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],""" +
                    """"messages":[{"role":"developer","content":"Be brief"},""" +
                    """{"role":"user","content":[{"type":"text","text":"What is it?"},""" +
                    """{"type":"image_url","image_url":{"url":"https://a.b/c.png"}}]},""" +
                    """{"role":"assistant","content":null,"tool_calls":[""" +
                    """{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},""" +
                    """{"role":"tool","tool_call_id":"c","content":"42"}]}}""",
            )
            line.id shouldBe "r1"
            line.isOpenAi shouldBe true
            val request = line.asks.shouldBeInstanceOf<InputLine.Asks.Chat>().request
            request.messages.map { it.role } shouldBe listOf(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL)
            request.messages[1].parts[1] shouldBe Part.Image("https://a.b/c.png")
            request.messages[2]
                .toolCalls
                .single()
                .name shouldBe "f"
            with(request.options) {
                model shouldBe "m"
                maxTokens shouldBe 7
                temperature shouldBe 0.5
                topP shouldBe 0.9
                seed shouldBe 3
                stop shouldBe listOf("a", "b")
                user shouldBe "u"
                extra.keys shouldBe setOf("logit_bias")
                toolChoice shouldBe ToolChoice.REQUIRED
                tools.single().name shouldBe "f"
                responseFormat.shouldBeInstanceOf<ResponseFormat.JsonSchema>().name shouldBe "s"
            }
        }

        "reads few words" {
            chatIn(""""Hello"""").messages.single().text shouldBe "Hello"
            chatIn("""{"prompt":"Hello","system":"Be brief","model":"m"}""").let {
                it.messages.map { message -> message.text } shouldBe listOf("Be brief", "Hello")
                it.options.model shouldBe "m"
            }
            chatIn("""{"id":7,"messages":[{"role":"user","content":"Hello"}],"temperature":null}""").messages.size shouldBe 1
            read("""{"id":7,"prompt":"x"}""").id shouldBe "7"
            read("""{"custom_id":"c","prompt":"x"}""").isOpenAi shouldBe false
            vectorsIn(LineParser.FOR_CHATS, """{"input":["a","b"]}""") shouldBe listOf("a", "b")
            vectorsIn(LineParser.FOR_VECTORS, """{"text":"a"}""") shouldBe listOf("a")
            vectorsIn(LineParser.FOR_VECTORS, """"a"""") shouldBe listOf("a")
            val ofOpenAi = """{"custom_id":"e","url":"/v1/embeddings","body":{"input":"a","model":"m"}}"""
            vectorsIn(LineParser.FOR_CHATS, ofOpenAi) shouldBe listOf("a")
        }

        "says what is wrong with a line, and whose it is" {
            problemOf("{") shouldContain "is no JSON"
            problemOf("7") shouldContain "neither an object nor a text"
            problemOf("{}") shouldContain "neither a prompt nor messages"
            problemOf("""{"prompt":" "}""") shouldContain "must not be blank"
            problemOf("""{"prompt":"x","messages":[]}""") shouldContain "give one of them"
            problemOf("""{"prompt":"x","temperature":9}""") shouldContain "temperature must be"
            problemOf("""{"prompt":"x","temperature":"hot"}""") shouldContain "temperature is no number"
            problemOf("""{"prompt":"x","max_tokens":1.5}""") shouldContain "max_tokens is no number"
            problemOf("""{"prompt":"x","stream":true}""") shouldContain "no streams"
            problemOf("""{"body":{"messages":[]}}""") shouldContain "no custom_id"
            problemOf("""{"custom_id":"a","url":"/v1/responses","body":{}}""") shouldContain "its url is '/v1/responses'"
            problemOf("""{"messages":[{"role":"boss","content":"x"}]}""") shouldContain "messages[0].role is 'boss'"
            problemOf("""{"messages":[{"role":"user","content":[{"type":"smell"}]}]}""") shouldContain "type is 'smell'"
            problemOf("""{"messages":[{"role":"user"}]}""") shouldContain "has no content"
            val line = read("""{"custom_id":"a","url":"/v1/chat/completions","body":{}}""")
            line.id shouldBe "a"
            line.isOpenAi shouldBe true
            line.problem.shouldNotBeNull()
        }

        "never throws, whatever a line is" {
            checkAll(2_000, Arb.string(0..80)) { text ->
                read(text)
                read("""{"prompt":${JsonPrimitive(text)}}""")
                read("""{"messages":[{"role":${JsonPrimitive(text)},"content":${JsonPrimitive(text)}}]}""")
            }
        }
    })

private fun read(text: String) = LineParser.FOR_CHATS.parse(3, text)

private fun chatIn(text: String) = read(text).asks.shouldBeInstanceOf<InputLine.Asks.Chat>().request

private fun vectorsIn(parser: LineParser, text: String) = parser
    .parse(1, text)
    .asks
    .shouldBeInstanceOf<InputLine.Asks.Vectors>()
    .request.inputs

private fun problemOf(text: String) = read(text).problem.shouldNotBeNull()
