package dev.tandem.provider.openai

import dev.tandem.answering
import dev.tandem.clientOf
import dev.tandem.error.AiException
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.OverloadedException
import dev.tandem.error.ServerException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.fake.OpenAiReplies.event
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatEvent.Completed
import dev.tandem.model.ChatEvent.Reasoning
import dev.tandem.model.ChatEvent.Refusal
import dev.tandem.model.ChatEvent.Text
import dev.tandem.model.ChatEvent.ToolCallDelta
import dev.tandem.model.ChatEvent.UsageUpdate
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import dev.tandem.streaming
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.ktor.client.engine.mock.respond
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.toList

class ChatStreamSpec :
    FunSpec({
        fun delta(json: String, finish: String? = null) = event(
            """{"id":"c","model":"m","choices":[{"index":0,"delta":$json${finish?.let { ""","finish_reason":"$it"""" }.orEmpty()}}]}""",
        )

        fun text(text: String) = delta("""{"content":"$text"}""")

        fun calls(json: String) = delta("""{"tool_calls":[$json]}""")

        val done = event("[DONE]")
        val stop = delta("{}", "stop")

        suspend fun events(body: String): List<ChatEvent> = streaming(body).stream("Hi").toList()

        suspend fun answer(body: String): ChatResponse = (events(body).last() as Completed).response

        suspend fun toolCalls(vararg pieces: String) = answer(pieces.joinToString("", transform = ::calls) + stop + done).toolCalls

        test("text, usage and end come in order, and the end carries all of it") {
            val usage =
                event(
                    """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":1}}}""",
                )
            val events = events(delta("""{"role":"assistant","content":""}""") + text("a") + text("ä€") + stop + usage + done)
            events.dropLast(1) shouldContainExactly listOf(Text("a"), Text("ä€"), UsageUpdate(Usage.of(3, 2).withReasoning(1)))
            val response = (events.last() as Completed).response
            response.text shouldBe "aä€"
            response.finishReason shouldBe FinishReason.STOP
            response.usage.totalTokens shouldBe 5
            response.metadata["requestId"] shouldBe "req-1"
        }

        test("a finish reason ends the answer, with or without [DONE]") {
            answer(text("a") + stop).finishReason shouldBe FinishReason.STOP
            answer(text("a") + delta("{}", "eos_token")).finishReason.toString() shouldBe "UNKNOWN(eos_token)"
        }

        test("[DONE] ends the answer, with or without a finish reason; what follows is ignored") {
            answer(text("a") + done + text("b")).text shouldBe "a"
            answer(text("a") + done).finishReason shouldBe FinishReason.UNKNOWN
        }

        test("an end with neither is incomplete, and carries what had arrived") {
            val seen = mutableListOf<ChatEvent>()
            val error = shouldThrow<IncompleteStreamException> { streaming(text("a") + text("b")).stream("Hi").collect { seen += it } }
            seen shouldContainExactly listOf(Text("a"), Text("b"))
            error.partial!!.text shouldBe "ab"
            error.requestId shouldBe "req-1"
            error.isRetryable shouldBe true
        }

        test("an end inside JSON or inside a character is incomplete, not malformed") {
            shouldThrow<IncompleteStreamException> { events(text("a") + "data: {\"choices\":") }.partial!!.text shouldBe "a"
            val inCharacter =
                (text("a") + "data: {\"choices\":[{\"delta\":{\"content\":\"").encodeToByteArray() + 0xE2.toByte() + 0x82.toByte()
            shouldThrow<IncompleteStreamException> { streaming(inCharacter).stream("Hi").toList() }.partial!!.text shouldBe "a"
        }

        test("a last event that is whole needs no blank line") {
            answer(text("a") + stop.trimEnd()).text shouldBe "a"
        }

        test("broken JSON in the midst is malformed, with an excerpt") {
            val error = shouldThrow<MalformedResponseException> { events(text("a") + event("{\"choices\":[,]}") + done) }
            error.excerpt shouldBe "{\"choices\":[,]}"
            error.partial!!.text shouldBe "a"
        }

        test("chunks without choices, or with null ones, say nothing") {
            answer(
                event("""{"choices":[],"prompt_filter_results":[{}]}""") + event("""{"id":"c","object":"ping","choices":null}""") +
                    text("a") +
                    done,
            ).text shouldBe
                "a"
        }

        test("missing fields, null content and null errors are fine") {
            answer(event("""{"error":null,"choices":[{"delta":{"content":"a"}}]}""") + delta("""{"content":null}""") + done).text shouldBe
                "a"
        }

        test("content may be a list of parts, some of them thoughts") {
            val parts = """{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"}]}"""
            events(delta(parts) + done).dropLast(1) shouldContainExactly listOf(Reasoning("hm"), Text("a"))
        }

        test("thoughts and refusals are not the answer") {
            val events =
                events(
                    delta(
                        """{"reasoning_content":"hm"}""",
                    ) + delta("""{"reasoning":"so"}""") + delta("""{"refusal":"no"}""") + text("a") + done,
                )
            events.dropLast(1) shouldContainExactly listOf(Reasoning("hm"), Reasoning("so"), Refusal("no"), Text("a"))
            (events.last() as Completed).response.message.reasoning shouldBe "hmso"
        }

        test("tool calls come in pieces") {
            val body =
                calls("""{"index":0,"id":"a","function":{"name":"f","arguments":""}}""") +
                    calls("""{"index":0,"function":{"arguments":"{\"x\""}}""") + calls("""{"index":0,"function":{"arguments":":1}"}}""") +
                    delta("{}", "tool_calls") + done
            val events = events(body)
            events.dropLast(1) shouldContainExactly
                listOf(ToolCallDelta(0, "a", "f", ""), ToolCallDelta(0, "a", "f", "{\"x\""), ToolCallDelta(0, "a", "f", ":1}"))
            val response = (events.last() as Completed).response
            response.toolCalls shouldBe listOf(ToolCall("a", "f", "{\"x\":1}"))
            response.finishReason shouldBe FinishReason.TOOL_CALLS
        }

        test("tool calls interleaved, with a reused index, with a repeated or missing id, with arguments as an object") {
            toolCalls(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}""",
                """{"index":1,"id":"b","function":{"name":"g","arguments":"3"}}""",
                """{"index":0,"function":{"arguments":"2"}}""",
                """{"index":1,"function":{"arguments":"4"}}""",
            ) shouldBe listOf(ToolCall("a", "f", "12"), ToolCall("b", "g", "34"))
            toolCalls(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}""",
                """{"index":0,"id":"b","function":{"name":"f","arguments":"{}"}}""",
            ) shouldBe
                listOf(ToolCall("a", "f", "{}"), ToolCall("b", "f", "{}"))
            toolCalls(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}""",
                """{"index":0,"id":"a","function":{"name":"","arguments":"2"}}""",
                """{"index":0,"id":"","function":{"name":null,"arguments":"3"}}""",
            ) shouldBe
                listOf(ToolCall("a", "f", "123"))
            toolCalls("""{"function":{"name":"f","arguments":{"x":1}}}""") shouldBe listOf(ToolCall("call_0", "f", "{\"x\":1}"))
        }

        test("a stop with tool calls pending is a finish for tools") {
            answer(calls("""{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}""") + stop + done).finishReason shouldBe
                FinishReason.TOOL_CALLS
        }

        test("numbers may come as text, as fractions, or not at all; the last usage counts") {
            answer(text("a") + event("""{"choices":[],"usage":{"prompt_tokens":"3","completion_tokens":2.0}}""") + done).usage shouldBe
                Usage.of(3, 2)
            answer(
                event(
                    """{"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":1,"completion_tokens":null}}}""",
                ),
            ).usage shouldBe
                Usage.of(1, 0)
            answer(
                event("""{"choices":[],"usage":{"prompt_tokens":1}}""") + event("""{"choices":[],"usage":{"prompt_tokens":4}}""") + done,
            ).usage shouldBe
                Usage.of(4, 0)
        }

        test("an error in the midst is typed, in every shape, and carries what had arrived") {
            suspend fun error(json: String) = shouldThrow<AiException> { events(text("a") + json + done) }.also {
                it.partial!!.text shouldBe
                    "a"
            }
            error(
                event("""{"error":{"message":"overloaded","type":"server_error","code":503}}"""),
            ).shouldBeInstanceOf<OverloadedException>()
            error(event("""{"error":"out of memory"}""")).shouldBeInstanceOf<ServerException>().message shouldContain "out of memory"
            error(event("""{"object":"error","message":"slow down","code":429}""")).message shouldContain "slow down"
            error(event("""{"detail":"gone wrong"}""")).message shouldContain "gone wrong"
            error("event: error\ndata: {\"message\":\"x\"}\n\n").shouldBeInstanceOf<ServerException>()
            error(event("""{"error":{"message":"no","code":"content_filter"}}""")).shouldBeInstanceOf<ContentFilteredException>()
        }

        test("a whole answer where a stream was asked for is a stream of one piece") {
            val json = """{"id":"c","choices":[{"message":{"content":"all of it"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"""
            val events = streaming(json, "application/json; charset=utf-8").stream("Hi").toList()
            events.dropLast(1) shouldContainExactly listOf(Text("all of it"), UsageUpdate(Usage.of(1, 0)))
            shouldThrow<OverloadedException> {
                streaming(
                    """{"error":{"message":"x","code":"503"}}""",
                    "application/json",
                ).stream("Hi").toList()
            }
        }

        test("the body decides what it is, whatever its label says") {
            val json = """{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"""
            for (label in listOf("text/plain", "text/event-stream", "application/json", "text/html")) {
                streaming(text("a") + done, label).streamText("Hi").toList() shouldBe listOf("a")
                streaming(" \n$json", label).streamText("Hi").toList() shouldBe listOf("whole")
                shouldThrow<UnexpectedContentException> { streaming("\n<html>login</html>", label).stream("Hi").toList() }
                shouldThrow<OverloadedException> { streaming("""{"error":{"code":503,"message":"x"}}""", label).stream("Hi").toList() }
            }
        }

        test("usage and ids in odd shapes lose no answer") {
            for (usage in listOf("\"\"", "[]", "7", """{"prompt_tokens":[],"prompt_tokens_details":[]}""")) {
                answer(event("""{"id":17,"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":$usage}""")).run {
                    text shouldBe "a"
                    id shouldBe "17"
                }
            }
        }

        test("a web page or nothing at all is no stream") {
            shouldThrow<UnexpectedContentException> { streaming("<html>502 Bad Gateway</html>", "text/html").stream("Hi").toList() }
                .excerpt shouldBe "<html>502 Bad Gateway</html>"
            shouldThrow<EmptyResponseException> { events("") }
        }

        test("streamText gives the text alone, and the same end") {
            streaming(text("a") + delta("""{"reasoning_content":"hm"}""") + text("b") + stop).streamText("Hi").toList() shouldBe
                listOf("a", "b")
            var failed = false
            streaming(text("a")).streamText("Hi").catch { failed = it is IncompleteStreamException }.toList() shouldBe listOf("a")
            failed shouldBe true
        }

        test("a flow is cold and may be collected again") {
            var requests = 0
            val client =
                clientOf {
                    requests++
                    respond(text("a") + done, HttpStatusCode.OK, headersOf("Content-Type", "text/event-stream"))
                }
            val flow = client.streamText("Hi")
            requests shouldBe 0
            flow.toList() shouldBe flow.toList()
            requests shouldBe 2
        }

        test("a plain answer without a choice is malformed") {
            shouldThrow<MalformedResponseException> { answering("{\"id\":\"x\"}").generate("Hi") }
        }
    })
