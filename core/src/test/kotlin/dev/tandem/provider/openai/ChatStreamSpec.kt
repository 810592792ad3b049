package dev.tandem.provider.openai

import dev.tandem.clientOf
import dev.tandem.error.IncompleteStreamException
import dev.tandem.model.ChatEvent.Completed
import dev.tandem.model.ChatEvent.Reasoning
import dev.tandem.model.ChatEvent.Refusal
import dev.tandem.model.ChatEvent.Text
import dev.tandem.model.ChatEvent.UsageUpdate
import dev.tandem.model.FinishReason
import dev.tandem.model.Usage
import dev.tandem.streaming
import dev.tandem.testing.OpenAiReplies.event
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.respond
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.toList

/** What the pieces of an answer mean. */
class ChatStreamSpec :
    FunSpec({
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

        test("a last event that is whole needs no blank line") {
            answer(text("a") + stop.trimEnd()).text shouldBe "a"
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

        test("usage and ids in odd shapes lose no answer") {
            for (usage in listOf("\"\"", "[]", "7", """{"prompt_tokens":[],"prompt_tokens_details":[]}""")) {
                answer(event("""{"id":17,"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":$usage}""")).run {
                    text shouldBe "a"
                    id shouldBe "17"
                }
            }
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
    })
